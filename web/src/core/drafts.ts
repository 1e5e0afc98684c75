import type { KeptDraft, KeptDrafts } from './kept-drafts';
import type {
  ChangeSet,
  DraftCall,
  DraftOutgoing,
  DraftView,
  Fault,
  Reason,
  TableId,
} from './generated/model';
import { freshKey } from './key';
import type { Sent } from './transport';

/** How saving a draft ended. Where it was not saved, the draft is as it was. */
export type DraftSaved =
  /** It is on the server's disk, and shown in the diagram. */
  | { readonly kind: 'saved'; readonly view: DraftView }
  /** Nothing was pending. */
  | { readonly kind: 'nothing'; readonly view: DraftView }
  /** The reasons stand in `view`, at their fields. */
  | { readonly kind: 'refused'; readonly view: DraftView }
  /** Somebody else changed the same; `view` says what, and each has to be decided. */
  | { readonly kind: 'conflict'; readonly view: DraftView }
  /** Nobody answers: the draft waits, and is saved as soon as the server is back. */
  | { readonly kind: 'offline'; readonly view: DraftView }
  /** The draft is no longer there: it was discarded, or its table was deleted. */
  | { readonly kind: 'gone' };

/** What of the core the drafts need. */
export interface DraftCore {
  draft(table: TableId, call: string): string;
  take_stale_drafts(): string;
  send_draft(table: TableId): string;
  draft_not_saved(table: TableId, reasons: string): string;
  draft_confirmed(table: TableId): string;
  keep_draft(table: TableId): string;
  restore_draft(kept: string): string;
}

/** A change-set on its way: until it is answered it is sent again as it is, under its key. */
export interface DraftPost {
  readonly table: TableId;
  readonly base: number;
  readonly key: string;
  readonly changeSet: ChangeSet;
}

/** An edit that the core does not understand: nothing of the draft is changed. */
export class DraftFault extends Error {
  override readonly name = 'DraftFault';
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** A draft that somebody wants to be saved. */
interface Wish {
  readonly waiters: ((saved: DraftSaved) => void)[];
  /** Save was pressed again while a change-set was on its way: the rest goes after it. */
  isAgain: boolean;
  /** How often somebody else came first and the draft went along with it. */
  nRebased: number;
  hasSaved: boolean;
}

/** Somebody who saves all the time is not run after for ever. */
const MOST_REBASES = 5;

/**
 * The drafts of an open diagram: edits go to the core, saves to the server, one at a time and
 * whole. The diagram changes only when the server has acknowledged; a change-set whose answer was
 * lost is sent again, the very same, before anything else is.
 */
export class Drafts {
  readonly #core: DraftCore;
  readonly #kept: KeptDrafts;
  /** Says that the view of a draft is stale. */
  readonly #tell: (table: TableId) => void;
  readonly #wishes = new Map<TableId, Wish>();
  #post: DraftPost | null = null;
  /** The post is with the server at this moment: nobody can call it back. */
  #isOut = false;
  /** Posts that were given up unanswered, by key: the server may have done them all the same. */
  readonly #givenUp = new Map<string, TableId>();

  constructor(core: DraftCore, kept: KeptDrafts, tell: (table: TableId) => void) {
    this.#core = core;
    this.#kept = kept;
    this.#tell = tell;
  }

  call(table: TableId, call: DraftCall): DraftView | null {
    const view = read<DraftView | null>(this.#core.draft(table, JSON.stringify(call)));
    if (call.call !== 'view' && call.call !== 'dismissNews') this.#keep(table, view);
    if (call.call === 'discard') this.#giveUp(table);
    return view;
  }

  /** The draft, which is known to be there. */
  edit(table: TableId, call: DraftCall): DraftView {
    const view = this.call(table, call);
    if (view === null) throw new Error(`table ${table} is not being edited`);
    return view;
  }

  /** What is to be sent again before anything else, because its answer was lost. */
  again(): DraftPost | null {
    this.#isOut = this.#post !== null;
    return this.#post;
  }

  /** Whether something is on its way, or waits for its turn. */
  get isBusy(): boolean {
    return this.#post !== null || this.#wishes.size > 0;
  }

  /** Wants the draft to be saved; `wake` starts sending. */
  save(table: TableId, wake: () => void): Promise<DraftSaved> {
    return new Promise((resolve) => {
      const known = this.#wishes.get(table);
      const wish = known ?? { waiters: [], isAgain: false, nRebased: 0, hasSaved: false };
      wish.waiters.push(resolve);
      wish.isAgain = this.#post?.table === table;
      this.#wishes.set(table, wish);
      wake();
    });
  }

  /** The next draft to send, once nothing else waits. */
  next(): DraftPost | null {
    for (const [table, wish] of this.#wishes) {
      const answer = JSON.parse(this.#core.send_draft(table)) as
        { ok: DraftOutgoing | null } | { error: Fault };
      if ('error' in answer) {
        const view = this.call(table, { call: 'view' });
        const kind = answer.error.code === 'draft/conflicts' ? 'conflict' : 'refused';
        this.#answer(table, view === null ? null : { kind, view });
      } else if (answer.ok === null) {
        this.#answer(table, this.#ended(table, wish.hasSaved ? 'saved' : 'nothing'));
      } else {
        this.#post = { table, key: freshKey(), ...answer.ok };
        this.#isOut = true;
        this.#tell(table);
        return this.#post;
      }
    }
    return null;
  }

  /** Nobody answers: those who wait are told so, and their drafts go on waiting. */
  offline(): void {
    this.#isOut = false;
    for (const [table, wish] of this.#wishes) {
      const saved = this.#ended(table, 'offline');
      for (const resolve of wish.waiters.splice(0)) if (saved !== null) resolve(saved);
    }
  }

  /** The table whose draft was sent under that key. */
  tableOf(key: string): TableId | undefined {
    return this.#post?.key === key ? this.#post.table : this.#givenUp.get(key);
  }

  /** What was sent under the key is part of the diagram now. */
  saved(key: string): void {
    const table = this.tableOf(key);
    if (table === undefined) return;
    const wasGivenUp = this.#givenUp.delete(key);
    if (!wasGivenUp) this.#post = null;
    const view = this.call(table, { call: 'view' });
    this.#keep(table, view);
    const wish = wasGivenUp ? undefined : this.#wishes.get(table);
    if (wish === undefined) return;
    wish.hasSaved = true;
    if (wish.isAgain && view?.isDirty === true) wish.isAgain = false;
    else this.#answer(table, view === null ? null : { kind: 'saved', view });
  }

  /** What was sent under the key came with a snapshot. */
  confirmed(key: string): void {
    const table = this.tableOf(key);
    if (table === undefined) return;
    read(this.#core.draft_confirmed(table));
    this.saved(key);
  }

  /** The server did not take it. After a conflict the diagram is up to date when this is called. */
  notSaved(key: string, sent: Extract<Sent, { kind: 'conflict' | 'rejected' }>): void {
    const table = this.#post?.key === key ? this.#post.table : undefined;
    if (table === undefined) return;
    this.#post = null;
    const reasons = sent.kind === 'rejected' ? reasonsOf(table, sent) : [];
    read(this.#core.draft_not_saved(table, JSON.stringify(reasons)));
    const view = this.call(table, { call: 'view' });
    const wish = this.#wishes.get(table);
    if (wish === undefined) return;
    if (sent.kind === 'rejected') {
      this.#answer(table, view === null ? null : { kind: 'refused', view });
    } else if (view === null || view.conflicts.length > 0 || wish.nRebased >= MOST_REBASES) {
      this.#answer(table, view === null ? null : { kind: 'conflict', view });
    } else {
      // It went along with what the others did: it is sent again, as it is now.
      wish.nRebased += 1;
    }
  }

  /** Tells of drafts that changed by themselves, and keeps them as they are now. */
  tellStale(): void {
    for (const table of read<TableId[]>(this.#core.take_stale_drafts())) {
      this.#keep(table, this.call(table, { call: 'view' }));
      this.#tell(table);
    }
  }

  get kept(): readonly KeptDraft[] {
    return this.#kept.list();
  }

  /**
   * Takes up again what an earlier visit left; null if there is nothing of it left to save. What
   * the core cannot read stays where it is: a `DraftFault` says why.
   */
  restore(table: TableId): DraftView | null {
    const text = this.#kept.read(table);
    if (text === null) return this.call(table, { call: 'open' });
    const view = read<DraftView | null>(this.#core.restore_draft(text));
    this.#keep(table, view);
    this.#kept.flush();
    this.#kept.forget(table);
    return view;
  }

  forget(table: TableId): void {
    this.#kept.forget(table);
  }

  close(): void {
    this.#kept.close();
  }

  #keep(table: TableId, view: DraftView | null): void {
    if (view?.isDirty !== true) {
      this.#kept.remove(table);
      return;
    }
    this.#kept.put(table, view.label, view.counts.words, () =>
      JSON.stringify(read(this.#core.keep_draft(table))),
    );
  }

  #ended(table: TableId, kind: 'saved' | 'nothing' | 'offline'): DraftSaved | null {
    const view = this.call(table, { call: 'view' });
    return view === null ? null : { kind, view };
  }

  /** Tells those who wait how it ended; without an answer the draft is gone, and they are let go. */
  #answer(table: TableId, saved: DraftSaved | null): void {
    const wish = this.#wishes.get(table);
    this.#wishes.delete(table);
    for (const resolve of wish?.waiters ?? []) resolve(saved ?? { kind: 'gone' });
    this.#tell(table);
  }

  /** The draft was discarded: what is not with the server at this moment never goes there. */
  #giveUp(table: TableId): void {
    if (this.#post?.table === table) {
      if (this.#isOut) return;
      this.#givenUp.set(this.#post.key, table);
      this.#post = null;
    }
    if (this.#wishes.has(table)) this.#answer(table, null);
  }
}

/** What the server says without naming a place is about the table. */
function reasonsOf(table: TableId, sent: Extract<Sent, { kind: 'rejected' }>): readonly Reason[] {
  if (sent.reasons.length > 0) return sent.reasons;
  const entity = { kind: 'table', id: table } as const;
  return [{ change: 0, entity, code: 'server/refused', message: sent.message }];
}

function read<T>(answer: string): T {
  const result = JSON.parse(answer) as { ok: T } | { error: Fault };
  if ('error' in result) throw new DraftFault(result.error);
  return result.ok;
}
