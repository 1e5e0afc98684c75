import type {
  ChangeSet,
  ColumnChoice,
  ColumnId,
  Command,
  DiagramView,
  Done,
  Dropped,
  EnumView,
  Fault,
  GroupView,
  History,
  NewRef,
  NoteId,
  NoteView,
  Outgoing,
  Query,
  Received,
  RefDetail,
  RefForm,
  RefId,
  RefProblem,
  RefRows,
  RefSeed,
  SearchHit,
  TableChoice,
  TableId,
  TableQuery,
  TableRows,
  TableView,
  Touched,
} from './generated/model';
import { loadCore } from './load';
import type { Committed, Sent, Transport, TransportEvent } from './transport';
import type { WasmEditor } from './wasm/crowfoot_wasm.js';

/** Whether what is shown is on the server's disk. */
export type SaveStatus = 'saved' | 'saving' | 'offline';

/** What an editor tells its listeners. */
export type EditorEvent =
  /** View models named by `touched` are stale. */
  | {
      readonly kind: 'changed';
      readonly origin: 'own' | 'other' | 'undo' | 'redo' | 'reload';
      readonly touched: Touched;
      readonly description: string;
    }
  | { readonly kind: 'status'; readonly status: SaveStatus }
  /** Own changes could not be saved and were taken back; say so to the person. */
  | { readonly kind: 'dropped'; readonly dropped: readonly Dropped[] };

/** How a command ended. A refused one has changed nothing. */
export type Outcome =
  { readonly ok: true; readonly done: Done } | { readonly ok: false; readonly fault: Fault };

/** The core failed in a way that no input should make it fail. */
export class CoreFailure extends Error {
  override readonly name = 'CoreFailure';
}

type Answer<T> = { ok: T } | { error: Fault };

/** Editors that are closed and still save what was done in them. */
const finishing = new Set<Promise<void>>();

/** Whether closed editors still have something to save. */
export function isFinishing(): boolean {
  return finishing.size > 0;
}

/** Once all that was done in closed editors is saved. */
export async function closedEditorsSaved(): Promise<void> {
  await Promise.all(finishing);
}

/**
 * An open diagram. Questions are answered at once from the core; commands change the diagram at
 * once and are saved behind the person's back, in order, each under its own key.
 */
export class Editor {
  /** The core's editor; the canvas reads the scene from it. */
  readonly core: WasmEditor;
  readonly id: string;
  readonly #transport: Transport;
  readonly #listeners = new Set<(event: EditorEvent) => void>();
  /** Keys of change-sets that wait or are under way, by the core's ticket. */
  readonly #keys = new Map<number, string>();
  #status: SaveStatus = 'saved';
  #isSending = false;
  #isClosed = false;
  /** Set while the editor is closed but for what it still has to save: what to do then. */
  #whenSaved: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryAfter = 500;
  #unlisten: (() => void) | undefined;
  /** Deliveries from the server are taken in one after the other. */
  #inbox: Promise<void> = Promise.resolve();

  private constructor(core: WasmEditor, transport: Transport) {
    this.core = core;
    this.id = core.diagram_id();
    this.#transport = transport;
  }

  /** Reads the diagram's snapshot and starts to listen for what others change. */
  static async open(transport: Transport): Promise<Editor> {
    const [Core, snapshot] = await Promise.all([loadCore(), transport.snapshot()]);
    const core = new Core(Date.now(), randomWords());
    unwrap(core.open(snapshot));
    const editor = new Editor(core, transport);
    editor.#listen();
    return editor;
  }

  /**
   * Stops listening to the server and frees the core's memory, after what waits is saved: it is
   * sent as before, an unreachable server waited for, and what cannot be saved is told.
   */
  close(): void {
    if (this.#isClosed || this.#whenSaved !== undefined) return;
    this.#unlisten?.();
    if (this.pending === 0) {
      this.#free();
      return;
    }
    const saved = new Promise<void>((resolve) => (this.#whenSaved = resolve));
    finishing.add(saved);
    void saved.then(() => finishing.delete(saved));
    void this.#send();
  }

  #free(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#listeners.clear();
    this.core.free();
    this.#whenSaved?.();
  }

  get name(): string {
    return this.core.name();
  }

  /** The last revision of the server that is part of what is shown. */
  get revision(): number {
    return this.core.revision();
  }

  get status(): SaveStatus {
    return this.#status;
  }

  /** How many change-sets wait to be saved. */
  get pending(): number {
    return this.core.n_pending();
  }

  subscribe(listener: (event: EditorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // Questions.

  diagram(): DiagramView {
    return this.#ask({ ask: 'diagram' });
  }

  tableRows(query: TableQuery, offset: number, limit: number): TableRows {
    return this.#ask({ ask: 'tableRows', query, offset, limit });
  }

  /** The table as the right panel shows it; null if it is not there (any more). */
  table(id: TableId): TableView | null {
    return this.#ask({ ask: 'table', id });
  }

  /** The list of refs, by from-table then column, that hold all words of the text. */
  refRows(text: string, offset: number, limit: number): RefRows {
    return this.#ask({ ask: 'refRows', text, offset, limit });
  }

  /** A ref with its form; null if it is not there (any more). */
  ref(id: RefId): RefDetail | null {
    return this.#ask({ ask: 'ref', id });
  }

  newRef(seed: RefSeed = {}): NewRef {
    return this.#ask({ ask: 'newRef', seed });
  }

  withFromTable(form: RefForm, table: TableId): RefForm {
    return this.#ask({ ask: 'withFromTable', form, table });
  }

  /** The form with another to table, its whole primary key preselected. */
  withToTable(form: RefForm, table: TableId): RefForm {
    return this.#ask({ ask: 'withToTable', form, table });
  }

  swapped(form: RefForm): RefForm {
    return this.#ask({ ask: 'swapped', form });
  }

  checkRef(form: RefForm): readonly RefProblem[] {
    return this.#ask({ ask: 'checkRef', form });
  }

  enums(): readonly EnumView[] {
    return this.#ask({ ask: 'enums' });
  }

  groups(): readonly GroupView[] {
    return this.#ask({ ask: 'groups' });
  }

  notes(): readonly NoteView[] {
    return this.#ask({ ask: 'notes' });
  }

  note(id: NoteId): NoteView | null {
    return this.#ask({ ask: 'note', id });
  }

  tableChoices(text: string, limit = 50): readonly TableChoice[] {
    return this.#ask({ ask: 'tableChoices', text, limit });
  }

  /** The columns of a table; those whose type goes with `like` first. */
  columnChoices(table: TableId, text = '', like?: ColumnId): readonly ColumnChoice[] {
    return this.#ask({
      ask: 'columnChoices',
      table,
      text,
      ...(like === undefined ? {} : { like }),
    });
  }

  typeChoices(text: string): readonly string[] {
    return this.#ask({ ask: 'typeChoices', text });
  }

  search(text: string, limit = 50): readonly SearchHit[] {
    return this.#ask({ ask: 'search', text, limit });
  }

  /** What undo and redo would do, in words. */
  history(): History {
    return unwrap(this.core.history());
  }

  // Commands.

  /** Changes the diagram at once and saves it. */
  run(command: Command): Outcome {
    return this.#commit(this.core.run(JSON.stringify(command)), 'own');
  }

  saveRef(form: RefForm): Outcome {
    return this.run({ do: 'saveRef', form });
  }

  deleteRefs(ids: RefId[]): Outcome {
    return this.run({ do: 'delete', things: { refs: ids } });
  }

  undo(): Outcome {
    return this.#commit(this.core.undo(), 'undo');
  }

  redo(): Outcome {
    return this.#commit(this.core.redo(), 'redo');
  }

  /** Tries to save at once what an unreachable server left unsaved. */
  retryNow(): void {
    clearTimeout(this.#retry);
    this.#retryAfter = 500;
    void this.#send();
  }

  #ask<T>(query: Query): T {
    return unwrap<T>(this.core.ask(JSON.stringify(query)));
  }

  #commit(answer: string, origin: 'own' | 'undo' | 'redo'): Outcome {
    const result = JSON.parse(answer) as Answer<Done>;
    if ('error' in result) return { ok: false, fault: result.error };
    const done = result.ok;
    if (done.description !== '') {
      this.#tell({ kind: 'changed', origin, touched: done.touched, description: done.description });
      void this.#send();
    }
    return { ok: true, done };
  }

  /** Sends what waits, oldest first, one at a time. */
  async #send(): Promise<void> {
    if (this.#isSending || this.#isClosed) return;
    this.#isSending = true;
    try {
      for (;;) {
        const outgoing = unwrap<Outgoing | null>(this.core.outgoing());
        if (outgoing === null) {
          this.#setStatus('saved');
          if (this.#whenSaved !== undefined) this.#free();
          return;
        }
        if (this.#status === 'saved') this.#setStatus('saving');
        const { ticket, base, changeSet } = outgoing;
        let key = this.#keys.get(ticket);
        if (key === undefined) {
          key = crypto.randomUUID();
          this.#keys.set(ticket, key);
        }
        const sent = await this.#transport
          .send({ base, key, changeSet })
          .catch((): Sent => ({ kind: 'offline' }));
        if (this.#isClosed) return;
        if (sent.kind === 'offline') {
          this.#tryLater();
          return;
        }
        this.#retryAfter = 500;
        if (this.#status === 'offline') this.#setStatus('saving');
        await this.#deliver(() => this.#settle(ticket, key, sent));
        if (this.#isClosed || this.#status === 'offline') return;
      }
    } finally {
      this.#isSending = false;
    }
  }

  async #settle(
    ticket: number,
    key: string,
    sent: Exclude<Sent, { kind: 'offline' }>,
  ): Promise<void> {
    if (sent.kind === 'saved') {
      await this.#take({ revision: sent.revision, changeSet: sent.changeSet, key });
      return;
    }
    const reasons =
      sent.kind === 'rejected'
        ? [sent.message, ...sent.reasons.map((it) => it.message)]
        : sent.conflicts.map((it) => it.message ?? 'somebody else changed the same');
    this.#keys.delete(ticket);
    this.#received(unwrap(this.core.drop_pending(ticket, JSON.stringify(reasons))), 'other', '');
    if (sent.kind === 'conflict' && sent.revision > this.revision) await this.#catchUp();
  }

  #listen(): void {
    this.#unlisten = this.#transport.listen(this.revision, (event) => {
      void this.#deliver(() => this.#heard(event));
    });
  }

  /** Puts a delivery at the end of the queue; the promise says when it was taken in. */
  #deliver(work: () => Promise<void>): Promise<void> {
    this.#inbox = this.#inbox.then(async () => {
      if (!this.#isClosed) await work();
    });
    const settled = this.#inbox;
    this.#inbox = settled.catch(() => undefined);
    return settled.catch(async (error: unknown) => {
      console.error(error);
      await this.#reload().catch(() => this.#tryLater());
    });
  }

  /** Nobody answers: what waits is sent again after a while. */
  #tryLater(): void {
    if (this.#isClosed) return;
    this.#setStatus('offline');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#send(), this.#retryAfter);
    this.#retryAfter = Math.min(this.#retryAfter * 2, 15_000);
  }

  async #heard(event: TransportEvent): Promise<void> {
    switch (event.kind) {
      case 'change':
        await this.#take(event);
        break;
      case 'reload':
        await this.#reload();
        break;
      case 'up':
        if (this.#status === 'offline') this.retryNow();
        break;
      case 'down':
        if (this.pending > 0) this.#setStatus('offline');
        break;
    }
  }

  /** Takes in a committed change-set, after those that are missing before it. */
  async #take(committed: Committed): Promise<void> {
    if (committed.revision > this.revision + 1) await this.#catchUp();
    if (committed.revision === this.revision + 1) this.#apply(committed);
    else this.#forget(committed.key);
  }

  /** An own change that came with a snapshot waits no more. */
  #forget(key: string): void {
    const own = this.#own(key);
    if (own === undefined) return;
    this.#keys.delete(own);
    const { touched, dropped } = unwrap<Received>(this.core.drop_pending(own, '[]'));
    const others = dropped.filter((it) => it.ticket !== own);
    this.#received({ touched, dropped: others }, 'other', '');
  }

  /** The ticket of the own change-set that was sent under that key. */
  #own(key: string): number | undefined {
    return [...this.#keys].find(([, it]) => it === key)?.[0];
  }

  async #catchUp(): Promise<void> {
    const missed = await this.#transport.changesAfter(this.revision);
    if (this.#isClosed) return;
    for (const it of missed) if (it.revision === this.revision + 1) this.#apply(it);
  }

  #apply(committed: Committed): void {
    const own = this.#own(committed.key);
    const changeSet = JSON.stringify(committed.changeSet);
    const received = unwrap<Received>(
      this.core.receive(committed.revision, changeSet, own ?? undefined),
    );
    if (own !== undefined) this.#keys.delete(own);
    this.#received(received, 'other', committed.changeSet.description);
  }

  #received(received: Received, origin: 'other' | 'reload', description: string): void {
    for (const it of received.dropped) this.#keys.delete(it.ticket);
    if (isTouched(received.touched)) {
      this.#tell({ kind: 'changed', origin, touched: received.touched, description });
    }
    if (received.dropped.length > 0) this.#tell({ kind: 'dropped', dropped: received.dropped });
  }

  async #reload(): Promise<void> {
    const snapshot = await this.#transport.snapshot();
    if (this.#isClosed) return;
    this.#received(unwrap(this.core.reopen(snapshot)), 'reload', '');
    this.#unlisten?.();
    if (this.#whenSaved === undefined) this.#listen();
  }

  #setStatus(status: SaveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#tell({ kind: 'status', status });
  }

  #tell(event: EditorEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function unwrap<T>(answer: string): T {
  const result = JSON.parse(answer) as Answer<T>;
  if ('error' in result) throw new CoreFailure(`${result.error.code}: ${result.error.message}`);
  return result.ok;
}

function isTouched(touched: Touched): boolean {
  return (
    touched.all ||
    touched.enums ||
    touched.groups ||
    touched.notes ||
    touched.settings ||
    touched.tables.length > 0 ||
    touched.refs.length > 0
  );
}

function randomWords(): BigUint64Array {
  return crypto.getRandomValues(new BigUint64Array(2));
}

export type { ChangeSet };
