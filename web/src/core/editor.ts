import type {
  ArrangeStyle,
  ChangeSet,
  ColumnChoice,
  ColumnId,
  Command,
  ConflictChoice,
  DiagramView,
  Done,
  DraftEdit,
  DraftView,
  Dropped,
  EnumView,
  Fault,
  GroupView,
  History,
  LegendFace,
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
  RefRow,
  RefRows,
  RefSeed,
  SearchHit,
  SuggestionCount,
  SuggestionReview,
  TableChoice,
  TableId,
  TableQuery,
  TableRows,
  TableView,
  Touched,
  ViewChoices,
  ViewedTable,
  ViewId,
  ViewView,
} from './generated/model';
import { arrangeAside, type Arranging } from './arranging';
import { Drafts, type DraftPost, type DraftSaved } from './drafts';
import { KeptDrafts, type KeptDraft } from './kept-drafts';
import { freshKey } from './key';
import { loadCore } from './load';
import { Routing } from './routing';
import { Suggestions } from './suggestions';
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
  /** The draft of the table changed by itself: what the table editor shows is stale. */
  | { readonly kind: 'draft'; readonly table: TableId }
  /** More is known of what could be suggested. */
  | { readonly kind: 'suggestions' }
  /** All lines are where they belong, after they were routed bit by bit. */
  | { readonly kind: 'routed' }
  /** Own changes could not be saved and were taken back; say so to the person. */
  | { readonly kind: 'dropped'; readonly dropped: readonly Dropped[] };

/** How a command ended. A refused one has changed nothing. */
export type Outcome =
  { readonly ok: true; readonly done: Done } | { readonly ok: false; readonly fault: Fault };

/** The core failed in a way that no input should make it fail. */
export class CoreFailure extends Error {
  override readonly name = 'CoreFailure';
}

/** What the server said about a change-set. */
type Answered = Exclude<Sent, { kind: 'offline' }>;

/** A change-set to send, and what becomes of it. */
interface Letter {
  readonly base: number;
  readonly key: string;
  readonly changeSet: ChangeSet;
  readonly settle: (sent: Answered) => Promise<void>;
}

/** Nothing is stale. */
const UNTOUCHED: Touched = {
  tables: [],
  refs: [],
  enums: false,
  groups: false,
  notes: false,
  settings: false,
  suggestions: false,
  moved: false,
  all: false,
};

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
  /** Set while what the server has told could not be taken in: the snapshot is still to be read. */
  #isBehind = false;
  #unlisten: (() => void) | undefined;
  readonly #drafts: Drafts;
  readonly #suggestions: Suggestions;
  readonly #routing: Routing;
  /** Deliveries from the server are taken in one after the other. */
  #inbox: Promise<void> = Promise.resolve();

  private constructor(core: WasmEditor, transport: Transport, kept: KeptDrafts) {
    this.core = core;
    this.id = core.diagram_id();
    this.#transport = transport;
    this.#drafts = new Drafts(core, kept, (table) => this.#tell({ kind: 'draft', table }));
    this.#suggestions = new Suggestions(
      core,
      {
        review: () => this.#ask<SuggestionReview>({ ask: 'suggestions' }),
        counts: () => this.#ask<readonly SuggestionCount[]>({ ask: 'suggestionCounts' }),
      },
      () => this.#tell({ kind: 'suggestions' }),
      // Lines are wanted before.
      () => this.isRouting,
    );
    this.#routing = new Routing(core, () => this.#tell({ kind: 'routed' }));
  }

  /** Reads the diagram's snapshot and starts to listen for what others change. */
  static async open(transport: Transport): Promise<Editor> {
    const [Core, snapshot] = await Promise.all([loadCore(), transport.snapshot()]);
    const core = new Core(Date.now(), randomWords());
    unwrap(core.open(snapshot));
    const kept = await KeptDrafts.open(core.diagram_id());
    const editor = new Editor(core, transport, kept);
    editor.#listen();
    editor.#routing.look();
    return editor;
  }

  /**
   * Stops listening to the server and frees the core's memory, after what waits is saved: it is
   * sent as before, an unreachable server waited for, and what cannot be saved is told.
   */
  close(): void {
    if (this.#isClosed || this.#whenSaved !== undefined) return;
    this.#unlisten?.();
    if (this.pending === 0 && !this.#drafts.isBusy) {
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
    this.#drafts.close();
    this.#suggestions.close();
    this.#routing.close();
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

  /** Whether lines of a large diagram are still being routed. */
  get isRouting(): boolean {
    return this.#routing.isUnderWay;
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

  /** What the colours of lines mean; null where they are the refs' own. */
  legend(): LegendFace | null {
    return unwrap(this.core.legend());
  }

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

  /** With a draft, what is pending in it counts as there: so for all about ref forms. */
  newRef(seed: RefSeed = {}, draft?: TableId): NewRef {
    return this.#ask({ ask: 'newRef', seed, ...given({ draft }) });
  }

  withFromTable(form: RefForm, table: TableId, draft?: TableId): RefForm {
    return this.#ask({ ask: 'withFromTable', form, table, ...given({ draft }) });
  }

  /** The form with another to table, its whole primary key preselected. */
  withToTable(form: RefForm, table: TableId, draft?: TableId): RefForm {
    return this.#ask({ ask: 'withToTable', form, table, ...given({ draft }) });
  }

  swapped(form: RefForm): RefForm {
    return this.#ask({ ask: 'swapped', form });
  }

  checkRef(form: RefForm, draft?: TableId): readonly RefProblem[] {
    return this.#ask({ ask: 'checkRef', form, ...given({ draft }) });
  }

  enums(): readonly EnumView[] {
    return this.#ask({ ask: 'enums' });
  }

  groups(): readonly GroupView[] {
    return this.#ask({ ask: 'groups' });
  }

  views(): readonly ViewView[] {
    return this.#ask({ ask: 'views' });
  }

  /** The tables that a view shows, by label. */
  viewed(id: ViewId): readonly ViewedTable[] {
    return this.#ask({ ask: 'viewed', id });
  }

  /** The tables that a view could show, too: those first that refs join to what it shows. */
  viewChoices(id: ViewId, text: string, limit = 50): ViewChoices {
    return this.#ask({ ask: 'viewChoices', id, text, limit });
  }

  /** Shows a view on the canvas, or the whole diagram. */
  showView(id: ViewId | null): void {
    this.core.show_view(id ?? '');
    const touched = { ...UNTOUCHED, settings: true, moved: true };
    this.#tell({ kind: 'changed', origin: 'own', touched, description: '' });
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
  columnChoices(
    table: TableId,
    text = '',
    like?: ColumnId,
    draft?: TableId,
  ): readonly ColumnChoice[] {
    return this.#ask({ ask: 'columnChoices', table, text, ...given({ like, draft }) });
  }

  typeChoices(text: string): readonly string[] {
    return this.#ask({ ask: 'typeChoices', text });
  }

  search(text: string, limit = 50): readonly SearchHit[] {
    return this.#ask({ ask: 'search', text, limit });
  }

  /**
   * Foreign keys that the diagram seems to mean, and those that were dismissed. Of a large diagram
   * it is what is known so far; an event of kind `suggestions` tells when there is more.
   */
  suggestions(): SuggestionReview {
    return this.#suggestions.review();
  }

  /** How many foreign keys are suggested, of the tables that have some; kept up like the above. */
  suggestionCounts(): ReadonlyMap<TableId, number> {
    return this.#suggestions.counts();
  }

  /**
   * The lines of those suggestions, or of all, as the canvas would draw them: a stream like that of
   * `line_stream`, numbered from 0. The diagram does not change.
   */
  previewSuggestions(keys: readonly string[] | null): Float32Array {
    return this.core.preview_suggestions(JSON.stringify(keys));
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

  /**
   * Has all tables arranged by a worker while the page goes on; what comes of it is for the command
   * `arranged`. `ondone` hears how much is done, from 0 to 1.
   */
  arrangeAside(style: ArrangeStyle, ondone: (share: number) => void): Arranging {
    return arrangeAside(this.core.document(), style, ondone);
  }

  saveRef(form: RefForm): Outcome {
    return this.run({ do: 'saveRef', form });
  }

  deleteRefs(ids: RefId[]): Outcome {
    return this.run({ do: 'delete', things: { refs: ids } });
  }

  /** Makes refs of suggestions: one change-set, one step of undo. */
  acceptSuggestions(keys: string[]): Outcome {
    return this.run({ do: 'acceptSuggestions', keys });
  }

  dismissSuggestion(key: string): Outcome {
    return this.dismissSuggestions([key]);
  }

  dismissSuggestions(keys: string[]): Outcome {
    return this.run({ do: 'dismissSuggestions', keys });
  }

  restoreSuggestion(key: string): Outcome {
    return this.restoreSuggestions([key]);
  }

  restoreSuggestions(keys: string[]): Outcome {
    return this.run({ do: 'restoreSuggestions', keys });
  }

  undo(): Outcome {
    return this.#commit(this.core.undo(), 'undo');
  }

  redo(): Outcome {
    return this.#commit(this.core.redo(), 'redo');
  }

  // Drafts: tables being edited. Nothing of them is shown in the diagram before it is saved.

  /** The draft of the table, begun if there is none; null where there is no such table. */
  openDraft(table: TableId): DraftView | null {
    return this.#drafts.call(table, { call: 'open' });
  }

  /** The draft of the table; null if it is not being edited (any more). */
  draft(table: TableId): DraftView | null {
    return this.#drafts.call(table, { call: 'view' });
  }

  /** Throws a `DraftFault` where an edit cannot be understood; nothing is changed then. */
  editDraft(table: TableId, edit: DraftEdit): DraftView {
    return this.#drafts.edit(table, { call: 'edit', edit });
  }

  undoDraft(table: TableId): DraftView {
    return this.#drafts.edit(table, { call: 'undo' });
  }

  redoDraft(table: TableId): DraftView {
    return this.#drafts.edit(table, { call: 'redo' });
  }

  /** Ends the draft and leaves no trace of it. */
  discardDraft(table: TableId): void {
    this.#drafts.call(table, { call: 'discard' });
  }

  /** Null if the draft ended with it: others deleted the table, and so it stays. */
  resolveConflict(table: TableId, conflict: string, choice: ConflictChoice): DraftView | null {
    return this.#drafts.call(table, { call: 'resolve', conflict, choice });
  }

  dismissDraftNews(table: TableId): DraftView {
    return this.#drafts.edit(table, { call: 'dismissNews' });
  }

  /** Saves the draft whole, after what else waits. The diagram shows it once it is on disk. */
  saveDraft(table: TableId): Promise<DraftSaved> {
    return this.#drafts.save(table, () => this.retryNow());
  }

  /** The refs that would go with a column of the draft, those of other tables too. */
  refsThatGo(table: TableId, column: ColumnId): readonly RefRow[] {
    return this.#ask({ ask: 'refsThatGo', table, column });
  }

  /** The change-set that saving the draft would make; null if there is no draft. */
  draftChanges(table: TableId): ChangeSet | null {
    return this.#ask({ ask: 'draftChanges', table });
  }

  /** Drafts that earlier visits left unsaved in this browser. */
  keptDrafts(): readonly KeptDraft[] {
    return this.#drafts.kept;
  }

  /** Takes a kept draft up again, as if it had been open meanwhile. */
  restoreDraft(table: TableId): DraftView | null {
    return this.#drafts.restore(table);
  }

  forgetDraft(table: TableId): void {
    this.#drafts.forget(table);
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
      this.#drafts.tellStale();
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
        const letter = this.#nextLetter();
        if (letter === null && this.#isBehind && this.#whenSaved === undefined) {
          await this.#deliver(() => this.#reload());
          if (this.#isClosed || this.#isBehind) return;
          continue;
        }
        if (letter === null) {
          this.#setStatus('saved');
          if (this.#whenSaved !== undefined) this.#free();
          return;
        }
        if (this.#status === 'saved') this.#setStatus('saving');
        const { base, key, changeSet } = letter;
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
        await this.#deliver(() => letter.settle(sent));
        if (this.#isClosed || this.#status === 'offline') return;
      }
    } finally {
      this.#isSending = false;
    }
  }

  /**
   * What is to be sent next: first a draft whose answer was lost, so that it is known what it came
   * to; then what waits, in order; and a draft when nothing else waits.
   */
  #nextLetter(): Letter | null {
    const post = this.#drafts.again();
    if (post !== null) return this.#draftLetter(post);
    const outgoing = unwrap<Outgoing | null>(this.core.outgoing());
    if (outgoing === null) {
      const next = this.#drafts.next();
      return next === null ? null : this.#draftLetter(next);
    }
    const { ticket, base, changeSet } = outgoing;
    const key = this.#keys.get(ticket) ?? freshKey();
    this.#keys.set(ticket, key);
    return { base, key, changeSet, settle: (sent) => this.#settle(ticket, key, sent) };
  }

  #draftLetter({ base, key, changeSet }: DraftPost): Letter {
    return { base, key, changeSet, settle: (sent) => this.#settleDraft(key, sent) };
  }

  async #settleDraft(key: string, sent: Answered): Promise<void> {
    if (sent.kind === 'saved') {
      await this.#take({ revision: sent.revision, changeSet: sent.changeSet, key });
      return;
    }
    if (sent.kind === 'conflict') await this.#catchUp();
    this.#drafts.notSaved(key, sent);
    this.#drafts.tellStale();
  }

  async #settle(ticket: number, key: string, sent: Answered): Promise<void> {
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
      if (this.#isClosed) return;
      console.error(error);
      await this.#reload().catch(() => {
        this.#isBehind = true;
        this.#tryLater();
      });
    });
  }

  /** Nobody answers: what waits is sent again after a while. */
  #tryLater(): void {
    if (this.#isClosed) return;
    this.#setStatus('offline');
    this.#drafts.offline();
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
        if (this.pending > 0 || this.#drafts.isBusy) this.#setStatus('offline');
        break;
    }
  }

  /** Takes in a committed change-set, after those that are missing before it. */
  async #take(committed: Committed): Promise<void> {
    // What is missing comes in pages.
    for (let at = -1; committed.revision > this.revision + 1 && at < this.revision;) {
      at = this.revision;
      await this.#catchUp();
      if (this.#isClosed) return;
    }
    if (committed.revision > this.revision + 1) throw new Error('the log has a gap');
    if (committed.revision === this.revision + 1) this.#apply(committed);
    else this.#forget(committed.key);
  }

  /** An own change that came with a snapshot waits no more. */
  #forget(key: string): void {
    this.#drafts.confirmed(key);
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
    const { key, revision } = committed;
    const changeSet = JSON.stringify(committed.changeSet);
    const { description } = committed.changeSet;
    const table = this.#drafts.tableOf(key);
    if (table !== undefined) {
      const received = unwrap<Received>(this.core.draft_saved(table, revision, changeSet));
      this.#received(received, 'own', description);
      this.#drafts.saved(key);
      return;
    }
    const own = this.#own(key);
    const received = unwrap<Received>(this.core.receive(revision, changeSet, own ?? undefined));
    if (own !== undefined) this.#keys.delete(own);
    this.#received(received, 'other', description);
  }

  #received(received: Received, origin: 'own' | 'other' | 'reload', description: string): void {
    for (const it of received.dropped) this.#keys.delete(it.ticket);
    if (isTouched(received.touched)) {
      this.#tell({ kind: 'changed', origin, touched: received.touched, description });
    }
    if (received.dropped.length > 0) this.#tell({ kind: 'dropped', dropped: received.dropped });
    this.#drafts.tellStale();
  }

  async #reload(): Promise<void> {
    const snapshot = await this.#transport.snapshot();
    if (this.#isClosed) return;
    this.#isBehind = false;
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
    if (event.kind === 'changed' && !event.touched.moved) this.#suggestions.forget();
    if (event.kind === 'changed') this.#routing.look();
    for (const listener of this.#listeners) listener(event);
  }
}

function unwrap<T>(answer: string): T {
  const result = JSON.parse(answer) as Answer<T>;
  if ('error' in result) throw new CoreFailure(`${result.error.code}: ${result.error.message}`);
  return result.ok;
}

/** Those of the fields that are there. */
function given<T extends Record<string, string | undefined>>(
  fields: T,
): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, it]) => it !== undefined)) as {
    [K in keyof T]?: string;
  };
}

function isTouched(touched: Touched): boolean {
  return (
    touched.all ||
    touched.enums ||
    touched.groups ||
    touched.notes ||
    touched.settings ||
    touched.suggestions ||
    touched.tables.length > 0 ||
    touched.refs.length > 0
  );
}

function randomWords(): BigUint64Array {
  return crypto.getRandomValues(new BigUint64Array(2));
}

export { DraftFault, type DraftSaved } from './drafts';
export type { KeptDraft } from './kept-drafts';
export type { ChangeSet };
