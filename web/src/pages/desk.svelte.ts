import { tick } from 'svelte';

import type { Arranging } from '../core/arranging';
import type { Editor, Outcome, SaveStatus } from '../core/editor';
import type {
  ArrangeStyle,
  ConflictChoice,
  EnumId,
  GroupId,
  NoteId,
  RefId,
  RefSeed,
  TableId,
  ViewId,
} from '../core/generated/model';
import type { KeptDraft } from '../core/kept-drafts';
import type { CanvasSelection, CanvasView } from '../canvas/view';
import { toasts } from '../ui/toasts.svelte';
import { rememberedCamera, rememberedView, rememberView } from './camera-memory';
import { TableDraft } from './table-draft.svelte';

/** What the right panel shows. */
export type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly id: TableId }
  | { readonly kind: 'ref'; readonly id: RefId }
  | { readonly kind: 'newRef'; readonly seed: RefSeed }
  | { readonly kind: 'enum'; readonly id: EnumId }
  | { readonly kind: 'group'; readonly id: GroupId }
  | { readonly kind: 'note'; readonly id: NoteId }
  | { readonly kind: 'view'; readonly id: ViewId }
  /** All suggested foreign keys, or those of one table. */
  | { readonly kind: 'suggestions'; readonly table?: TableId };

/** Something typed in a form that is not saved yet. */
export interface Unsaved {
  /** Says whether it could be saved. */
  save(): boolean | Promise<boolean>;
}

export type SidebarTab = 'tables' | 'refs' | 'enums' | 'groups' | 'views';
export type OpenDialog = 'import' | 'export' | 'palette' | 'shortcuts' | null;

/** With more tables than this, arranging takes longer than a person waits without a word. */
const MANY = 100;

const NOTHING: CanvasSelection = { tables: [], refs: [], notes: [] };

/**
 * The open diagram as the editor page has it on the desk: the core's editor, the canvas, what is
 * selected and which panel shows it. Actions and panels are given this, and nothing else.
 */
export class Desk {
  readonly editor: Editor;
  canvas = $state.raw<CanvasView | null>(null);
  /** Grows when view models are stale: reading it in a `$derived` asks the core again. */
  stamp = $state(0);
  status = $state.raw<SaveStatus>('saved');
  selection = $state.raw<CanvasSelection>(NOTHING);
  panel = $state.raw<Panel>({ kind: 'none' });
  tab = $state<SidebarTab>('tables');
  dialog = $state.raw<OpenDialog>(null);
  /** The draft of the table that the panel shows. */
  tableDraft = $state.raw<TableDraft | null>(null);
  /** A table that was just made and not named yet. */
  fresh = $state.raw<TableId | null>(null);
  /** What was typed in the form that the panel shows. */
  form = $state.raw<Unsaved | null>(null);
  /** Drafts that an earlier visit left unsaved in this browser. */
  kept = $state.raw<readonly KeptDraft[]>([]);
  /** Where the person wants to go while something is unsaved; they are asked about it first. */
  wanted = $state.raw<(() => void) | null>(null);
  /** Tables are being arranged beside the page. */
  arranging = $state.raw<Arranging | null>(null);
  /** How much of that is done, from 0 to 1. */
  arranged = $state(0);
  /** Lines are being routed bit by bit. */
  isRouting = $state(false);
  zoom = $state(1);
  hasMinimap = $state(true);
  /** How often something was imported into the diagram since it was opened. */
  imports = $state(0);

  /** Grows when more is known of what could be suggested. */
  #known = $state(0);

  readonly suggestions = $derived.by(() => {
    void this.stamp;
    void this.#known;
    return this.editor.suggestions();
  });
  readonly suggestionCounts = $derived.by(() => {
    void this.stamp;
    void this.#known;
    return this.editor.suggestionCounts();
  });

  readonly view = $derived.by(() => {
    void this.stamp;
    return this.editor.diagram();
  });
  readonly history = $derived.by(() => {
    void this.stamp;
    return this.editor.history();
  });

  /** What the panel holds unsaved. */
  readonly unsaved = $derived.by<Unsaved | null>(() => {
    const draft = this.tableDraft;
    if (draft?.isDirty) return { save: () => this.saveTable() };
    return this.form;
  });

  #isClosed = false;
  /** The view that was on the canvas last. */
  #lastView: ViewId | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
    this.status = editor.status;
    this.kept = editor.keptDrafts();
    this.#recallView();
    this.isRouting = editor.isRouting;
    editor.subscribe((event) => {
      switch (event.kind) {
        case 'changed':
          if (this.#isClosed) break;
          this.stamp += 1;
          this.isRouting = editor.isRouting;
          this.#followView();
          this.#refreshTable();
          this.#dropWhatIsGone();
          break;
        case 'draft':
          if (event.table === this.tableDraft?.table) this.#refreshTable();
          break;
        case 'suggestions':
          if (!this.#isClosed) this.#known += 1;
          break;
        case 'routed':
          this.isRouting = false;
          break;
        case 'status':
          if (this.#isClosed) break;
          this.status = event.status;
          this.stamp += 1;
          break;
        case 'dropped':
          for (const it of event.dropped) {
            toasts.complain(
              `Could not be saved and was taken back: ${it.description}. ${it.reasons.join('; ')}`,
            );
          }
          break;
      }
    });
  }

  /** What could not be saved is told even after this. */
  close(): void {
    this.#isClosed = true;
    this.arranging?.cancel();
    this.editor.close();
  }

  /** Settles when all that was done in the diagram is at the server, or cannot be for now. */
  saved(): Promise<void> {
    const { editor } = this;
    if (editor.pending === 0) return Promise.resolve();
    const unsaved = () => new Error('what was done here could not be saved yet');
    if (editor.status === 'offline') return Promise.reject(unsaved());
    return new Promise((resolve, reject) => {
      const stop = editor.subscribe((event) => {
        if (event.kind !== 'status' || event.status === 'saving') return;
        stop();
        if (event.status === 'saved') resolve();
        else reject(unsaved());
      });
    });
  }

  /** Shows all of the diagram once it is at that revision. */
  fitAt(revision: number): void {
    if (this.editor.revision >= revision) {
      this.canvas?.fit();
      return;
    }
    const stop = this.editor.subscribe((event) => {
      if (event.kind !== 'changed' || this.editor.revision < revision) return;
      stop();
      this.canvas?.fit();
    });
  }

  /** Goes on with it, once the person has decided about what is unsaved. */
  leave(then: () => void): void {
    if (this.unsaved === null) then();
    else this.wanted = then;
  }

  /** What the person decided about what is unsaved; then goes where they wanted to. */
  async decide(how: 'save' | 'discard' | 'keep'): Promise<void> {
    const { wanted, unsaved } = this;
    this.wanted = null;
    if (how === 'keep' || wanted === null) return;
    if (how === 'save' && unsaved !== null && !(await unsaved.save())) return;
    this.#put({ kind: 'none' });
    wanted();
  }

  show(panel: Panel): void {
    this.leave(() => this.#put(panel));
  }

  openTable(id: TableId): void {
    if (this.tableDraft?.table === id) {
      this.#reveal({ tables: [id] }, (canvas) => canvas.focusTable(id));
      return;
    }
    this.leave(() => {
      this.#put({ kind: 'table', id });
      this.#reveal({ tables: [id] }, (canvas) => canvas.focusTable(id));
    });
  }

  /** Opens a table that was just made: its name is what is typed first. */
  openNewTable(id: TableId): void {
    this.fresh = id;
    this.openTable(id);
  }

  /** Brings a table into view, and leaves the panel that is open. */
  find(id: TableId): void {
    this.#reveal({ tables: [id] }, (canvas) => canvas.focusTable(id));
  }

  openRef(id: RefId): void {
    this.leave(() => {
      this.#put({ kind: 'ref', id });
      this.#reveal({ refs: [id] }, (canvas) => canvas.focusRef(id));
    });
  }

  openNote(id: NoteId): void {
    this.leave(() => {
      this.#put({ kind: 'note', id });
      this.#reveal({ notes: [id] }, (canvas) => canvas.focusNote(id));
    });
  }

  closePanel(): void {
    this.leave(() => {
      this.#put({ kind: 'none' });
      this.select({});
    });
  }

  /** Saves the table that is edited; says whether it is on the server's disk. */
  async saveTable(): Promise<boolean> {
    const draft = this.tableDraft;
    if (draft === null) return true;
    const kind = await draft.save();
    if (kind === 'gone') this.#put({ kind: 'none' });
    if (kind === 'saved') this.sayUndoable(`Table “${draft.view.label}” is saved`);
    return kind === 'saved' || kind === 'nothing';
  }

  /** Decides what is in conflict in the table that is edited, and saves it. */
  resolveTable(choices: ReadonlyMap<string, ConflictChoice>): void {
    if (this.tableDraft?.resolve(choices)) void this.saveTable();
    else this.#put({ kind: 'none' });
  }

  /** Deletes the table that is edited, with what is pending in it. */
  deleteTable(id: TableId, label: string): void {
    if (!this.did(this.editor.run({ do: 'delete', things: { tables: [id] } }))) return;
    this.#put({ kind: 'none' });
    this.select({});
    this.sayUndoable(`Table “${label}” is deleted`);
  }

  restoreKept(draft: KeptDraft): void {
    this.leave(() => {
      this.#put({ kind: 'table', id: draft.table });
      this.#reveal({ tables: [draft.table] }, (canvas) => canvas.focusTable(draft.table));
      this.tableDraft?.restore();
      this.kept = this.editor.keptDrafts();
    });
  }

  forgetKept(draft: KeptDraft): void {
    if (this.tableDraft?.table === draft.table) this.tableDraft.forget();
    else this.editor.forgetDraft(draft.table);
    this.kept = this.editor.keptDrafts();
  }

  /** Shows a panel in place of the one before, whose form and draft end. */
  #put(panel: Panel): void {
    this.form = null;
    if (panel.kind === 'table' && this.tableDraft?.table === panel.id) {
      this.panel = panel;
      return;
    }
    this.tableDraft?.end();
    this.tableDraft = panel.kind === 'table' ? TableDraft.open(this.editor, panel.id) : null;
    this.panel = panel.kind === 'table' && this.tableDraft === null ? { kind: 'none' } : panel;
  }

  #reveal(selection: Partial<CanvasSelection>, look: (canvas: CanvasView) => void): void {
    this.select(selection);
    this.#onceShown(look);
  }

  /** Once the panel that was opened has taken its place from the canvas. */
  #onceShown(look: (canvas: CanvasView) => void): void {
    void tick().then(() => {
      if (this.canvas !== null) look(this.canvas);
    });
  }

  select(selection: Partial<CanvasSelection>): void {
    this.selection = { ...NOTHING, ...selection };
    this.canvas?.setSelection(this.selection);
  }

  /** The person selected something on the canvas: the panel follows, unless something is unsaved. */
  selected(selection: CanvasSelection): void {
    this.selection = selection;
    if (this.unsaved !== null || ['newRef', 'suggestions'].includes(this.panel.kind)) return;
    const [table] = selection.tables;
    const [ref] = selection.refs;
    const [note] = selection.notes;
    const n = selection.tables.length + selection.refs.length + selection.notes.length;
    if (n === 1 && table !== undefined) this.#put({ kind: 'table', id: table });
    else if (n === 1 && ref !== undefined) this.#put({ kind: 'ref', id: ref });
    else if (n === 1 && note !== undefined) this.#put({ kind: 'note', id: note });
    else this.#put({ kind: 'none' });
  }

  /** Makes a view of the selected tables, or of all, and shows it. */
  addView(): void {
    const tables = [...this.selection.tables];
    const outcome = this.editor.run({ do: 'createView', fields: {}, tables });
    const id = outcome.ok ? outcome.done.created.views[0] : undefined;
    if (this.did(outcome) && id !== undefined) this.openView(id);
  }

  /** Shows a view on the canvas, and its panel. */
  openView(id: ViewId): void {
    this.leave(() => {
      this.tab = 'views';
      this.select({});
      this.#put({ kind: 'view', id });
      this.showView(id);
    });
  }

  /** Shows a view on the canvas, or the whole diagram. */
  showView(id: ViewId | null): void {
    if (id !== this.view.view) this.editor.showView(id);
  }

  /** The view on the canvas; unlike `view.view` it is no state that something reacts to. */
  get shownView(): ViewId | null {
    return this.#lastView;
  }

  /** Shows the view again that was on the canvas when the diagram was open last. */
  #recallView(): void {
    const view = rememberedView(this.editor.id);
    if (view === null || !this.editor.views().some((it) => it.id === view)) return;
    this.editor.showView(view);
    this.#lastView = view;
  }

  /**
   * Follows what came onto the canvas, also where a view was deleted that was there: shows the part
   * of it that was shown last, or all of it.
   */
  #followView(): void {
    const { view } = this.editor.diagram();
    if (view === this.#lastView) return;
    this.#lastView = view;
    const { id } = this.editor;
    rememberView(id, view);
    this.#onceShown((canvas) => {
      const camera = rememberedCamera(id, view);
      if (camera === null) canvas.fit();
      else canvas.restore(camera);
    });
  }

  /** Arranges all tables: many of them beside the page, which goes on and may cancel it. */
  arrange(style: ArrangeStyle): void {
    if (this.arranging !== null) return;
    if (this.view.counts.tables <= MANY) {
      this.did(this.editor.run({ do: 'arrange', scope: 'all', style }));
      return;
    }
    this.arranged = 0;
    const arranging = this.editor.arrangeAside(style, (share) => (this.arranged = share));
    this.arranging = arranging;
    void arranging.done
      .then((tables) => tables && this.did(this.editor.run({ do: 'arranged', tables })))
      .catch((error: unknown) => {
        console.error(error);
        toasts.complain('The tables could not be arranged');
      })
      .finally(() => (this.arranging = null));
  }

  /** Says what was refused; true if it was done. */
  did(outcome: Outcome): boolean {
    if (!outcome.ok) toasts.complain(wordsOf(outcome));
    return outcome.ok;
  }

  /** Says what was done last, and offers to take it back: it, and nothing that came after it. */
  sayUndoable(text: string): void {
    const step = this.editor.history().undo;
    const run = () => {
      if (this.editor.history().undo === step) this.did(this.editor.undo());
      else toasts.say('Something else was done since: undo that first');
    };
    toasts.say(text, { label: 'Undo', run });
  }

  #refreshTable(): void {
    if (this.tableDraft?.refresh() === false) this.#put({ kind: 'none' });
  }

  #dropWhatIsGone(): void {
    const { panel, editor } = this;
    const isGone =
      (panel.kind === 'ref' && editor.ref(panel.id) === null) ||
      (panel.kind === 'note' && editor.note(panel.id) === null) ||
      (panel.kind === 'enum' && !editor.enums().some((it) => it.id === panel.id)) ||
      (panel.kind === 'view' && !editor.views().some((it) => it.id === panel.id)) ||
      (panel.kind === 'group' && !editor.groups().some((it) => it.id === panel.id));
    if (!isGone) return;
    this.#put({ kind: 'none' });
    this.selection = NOTHING;
  }
}

/** Why a command was refused, as one sentence. */
export function wordsOf(outcome: Outcome & { ok: false }): string {
  const { message, reasons } = outcome.fault;
  const words = reasons.length > 0 ? reasons.map((it) => it.message).join('; ') : message;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
