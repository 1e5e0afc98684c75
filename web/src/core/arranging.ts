import type { ArrangeStyle, Fault, PlacedTable } from './generated/model';

/** What of a worker is needed here. */
export type ArrangeWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** What a worker says: how much is done, from 0 to 1, and in the end the core's answer. */
type Said = { readonly done: number } | { readonly answer: string };

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
  ondone: (share: number) => void,
  make: () => ArrangeWorker = start,
): Arranging {
  const worker = make();
  let cancel = (): void => undefined;
  const done = new Promise<PlacedTable[] | null>((resolve, reject) => {
    cancel = () => resolve(null);
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('done' in data) {
        ondone(data.done);
        return;
      }
      const answer = JSON.parse(data.answer) as { ok: PlacedTable[] } | { error: Fault };
      if ('ok' in answer) resolve(answer.ok);
      else reject(new Error(answer.error.message));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ document, style });
  }).finally(() => worker.terminate());
  return { done, cancel: () => cancel() };
}
