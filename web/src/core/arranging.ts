import type { ArrangeStyle, Fault, PlacedTable } from './generated/model';

/** What of a worker is needed here. */
export type ArrangeWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** An arrangement that is made beside the page. */
export interface Arranging {
  /** The places; null if it was cancelled. */
  readonly done: Promise<PlacedTable[] | null>;
  cancel(): void;
}

function start(): ArrangeWorker {
  return new Worker(new URL('./arrange.worker.ts', import.meta.url), { type: 'module' });
}

/** Has a document's tables arranged by a worker, which ends with it. */
export function arrangeAside(
  document: string,
  style: ArrangeStyle,
  make: () => ArrangeWorker = start,
): Arranging {
  const worker = make();
  let cancel = (): void => undefined;
  const done = new Promise<PlacedTable[] | null>((resolve, reject) => {
    cancel = () => resolve(null);
    worker.onmessage = (event: MessageEvent<string>) => {
      const answer = JSON.parse(event.data) as { ok: PlacedTable[] } | { error: Fault };
      if ('ok' in answer) resolve(answer.ok);
      else reject(new Error(answer.error.message));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ document, style });
  }).finally(() => worker.terminate());
  return { done, cancel: () => cancel() };
}
