import type { ChangeSet, Reason } from './generated/model';

/** A change-set that the server has committed. */
export interface Committed {
  readonly revision: number;
  readonly changeSet: ChangeSet;
  /** The idempotency key under which it was sent; ours, or somebody else's. */
  readonly key: string;
}

/** A field that somebody else changed too, as the server reports it. */
export interface ServerConflict {
  readonly message?: string;
}

/** How sending a change-set ended. */
export type Sent =
  | { readonly kind: 'saved'; readonly revision: number; readonly changeSet: ChangeSet }
  /** Somebody else changed the same; the change is taken back here. */
  | {
      readonly kind: 'conflict';
      readonly revision: number;
      readonly conflicts: readonly ServerConflict[];
    }
  /** The server will never take it; the change is taken back here. */
  | { readonly kind: 'rejected'; readonly message: string; readonly reasons: readonly Reason[] }
  /** Nobody answered, or the server is unwell: it is sent again with the same key. */
  | { readonly kind: 'offline' };

/** What the server tells while a diagram is open. */
export type TransportEvent =
  | ({ readonly kind: 'change' } & Committed)
  /** Too far behind: the snapshot has to be read again. */
  | { readonly kind: 'reload' }
  | { readonly kind: 'up' }
  | { readonly kind: 'down' };

/** How an editor talks to the server about its one diagram. */
export interface Transport {
  /** The body of GET .../snapshot as text: the core reads it by itself. */
  snapshot(): Promise<string>;
  send(change: {
    readonly base: number;
    readonly key: string;
    readonly changeSet: ChangeSet;
  }): Promise<Sent>;
  /** All that was committed after that revision, in order. */
  changesAfter(revision: number): Promise<readonly Committed[]>;
  /** Listens to committed change-sets after that revision until the returned function is called. */
  listen(after: number, on: (event: TransportEvent) => void): () => void;
}
