import type { ChangeSet, Reason } from '../core/generated/model';
import type { Committed, Sent, ServerConflict, Transport, TransportEvent } from '../core/transport';
import { ask, get, send } from './client';
import { Problem } from './problem';

/** How long to wait before listening again, at first and at most. */
const RETRY = { first: 500, most: 8_000 };
/** How long a page that nobody sees goes on listening. */
const LISTEN_HIDDEN_MS = 3_000;

/** Talks to the server about one diagram: HTTP to ask and send, server-sent events to listen. */
export class HttpTransport implements Transport {
  readonly #path: string;

  constructor(diagram: string) {
    this.#path = `/api/diagrams/${diagram}`;
  }

  async snapshot(): Promise<string> {
    return (await ask(`${this.#path}/snapshot`, {})).text();
  }

  async send(change: { base: number; key: string; changeSet: ChangeSet }): Promise<Sent> {
    try {
      const saved = await send<{ revision: number; changeSet: ChangeSet }>(
        'POST',
        `${this.#path}/changes`,
        change,
      );
      return { kind: 'saved', ...saved };
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) return { kind: 'offline' };
      if (error.code === 'conflict') {
        return {
          kind: 'conflict',
          revision: Number(error.body['revision'] ?? change.base),
          conflicts: listOf<ServerConflict>(error.body['conflicts']),
        };
      }
      if (error.status === 408 || error.status === 425 || error.status === 429) {
        return { kind: 'offline' };
      }
      return {
        kind: 'rejected',
        message: error.message,
        reasons: listOf<Reason>(error.body['reasons']),
      };
    }
  }

  async changesAfter(revision: number): Promise<readonly Committed[]> {
    const answer = await get<{ changes: readonly Committed[] }>(
      `${this.#path}/changes?after=${revision}`,
    );
    return answer.changes;
  }

  /**
   * Tells what is committed after a revision while the page is seen. A browser keeps six connections
   * open to a server that speaks HTTP/1.1, and each listener takes one, so a hidden page lets go of its
   * own; when it is seen again it hears what it missed.
   */
  listen(after: number, on: (event: TransportEvent) => void): () => void {
    let last = after;
    let wait = RETRY.first;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const stop = () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    };

    const start = () => {
      // A fresh source cannot send Last-Event-ID by itself, hence the query.
      source = new EventSource(`${this.#path}/events?after=${last}`);
      source.addEventListener('open', () => {
        wait = RETRY.first;
        on({ kind: 'up' });
        stopIfHidden();
      });
      source.addEventListener('change', (event) => {
        const committed = JSON.parse(event.data as string) as Committed;
        last = committed.revision;
        on({ kind: 'change', ...committed });
      });
      source.addEventListener('reload', () => on({ kind: 'reload' }));
      source.addEventListener('error', () => {
        on({ kind: 'down' });
        // The browser tries again by itself, except after an answer that it takes for final.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(start, wait);
        wait = Math.min(wait * 2, RETRY.most);
      });
    };

    // One that has lost the server goes on trying: what waits to be saved waits for it.
    const stopIfHidden = () => {
      if (!document.hidden || source?.readyState !== EventSource.OPEN) return;
      clearTimeout(timer);
      timer = setTimeout(stop, LISTEN_HIDDEN_MS);
    };

    const look = () => {
      if (document.hidden) return stopIfHidden();
      if (source?.readyState === EventSource.OPEN) clearTimeout(timer);
      if (source === undefined) start();
    };

    document.addEventListener('visibilitychange', look);
    start();
    return () => {
      document.removeEventListener('visibilitychange', look);
      stop();
    };
  }
}

function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
