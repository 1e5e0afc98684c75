import { tick } from 'svelte';

import type { Editor, Outcome, SaveStatus } from '../core/editor';
import type { EnumId, GroupId, RefId, RefSeed, TableId } from '../core/generated/model';
import type { CanvasSelection, CanvasView } from '../canvas/view';
import { toasts } from '../ui/toasts.svelte';

/** What the right panel shows. */
export type Panel =
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly id: TableId }
  | { readonly kind: 'ref'; readonly id: RefId }
  | { readonly kind: 'newRef'; readonly seed: RefSeed }
  | { readonly kind: 'enum'; readonly id: EnumId }
  | { readonly kind: 'group'; readonly id: GroupId };

/** Something typed in a panel that is not saved yet. */
export interface Draft {
  /** Says whether it could be saved. */
  save(): boolean;
}

export type SidebarTab = 'tables' | 'refs' | 'enums' | 'groups';
export type OpenDialog = 'import' | 'export' | 'palette' | 'shortcuts' | null;

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
  draft = $state.raw<Draft | null>(null);
  /** Where the person wants to go while a draft is unsaved; they are asked about it first. */
  wanted = $state.raw<(() => void) | null>(null);
  zoom = $state(1);
  hasMinimap = $state(true);

  readonly view = $derived.by(() => {
    void this.stamp;
    return this.editor.diagram();
  });
  readonly history = $derived.by(() => {
    void this.stamp;
    return this.editor.history();
  });

  #isClosed = false;

  constructor(editor: Editor) {
    this.editor = editor;
    this.status = editor.status;
    editor.subscribe((event) => {
      switch (event.kind) {
        case 'changed':
          if (this.#isClosed) break;
          this.stamp += 1;
          this.#dropWhatIsGone();
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
    this.editor.close();
  }

  /** Goes on with it, once the person has decided about a draft that is not saved. */
  leaveDraft(then: () => void): void {
    if (this.draft === null) then();
    else this.wanted = then;
  }

  show(panel: Panel): void {
    this.leaveDraft(() => {
      this.draft = null;
      this.panel = panel;
    });
  }

  openTable(id: TableId): void {
    this.leaveDraft(() => {
      this.draft = null;
      this.panel = { kind: 'table', id };
      this.select({ tables: [id] });
      this.#onceShown((canvas) => canvas.focusTable(id));
    });
  }

  openRef(id: RefId): void {
    this.leaveDraft(() => {
      this.draft = null;
      this.panel = { kind: 'ref', id };
      this.select({ refs: [id] });
      this.#onceShown((canvas) => canvas.focusRef(id));
    });
  }

  /** Once the panel that was opened has taken its place from the canvas. */
  #onceShown(look: (canvas: CanvasView) => void): void {
    void tick().then(() => {
      if (this.canvas !== null) look(this.canvas);
    });
  }

  closePanel(): void {
    this.leaveDraft(() => {
      this.draft = null;
      this.panel = { kind: 'none' };
      this.select({});
    });
  }

  select(selection: Partial<CanvasSelection>): void {
    this.selection = { ...NOTHING, ...selection };
    this.canvas?.setSelection(this.selection);
  }

  /** The person selected something on the canvas: the panel follows, unless a draft is open. */
  selected(selection: CanvasSelection): void {
    this.selection = selection;
    if (this.draft !== null || this.panel.kind === 'newRef') return;
    const [table] = selection.tables;
    const [ref] = selection.refs;
    const n = selection.tables.length + selection.refs.length + selection.notes.length;
    if (n === 1 && table !== undefined) this.panel = { kind: 'table', id: table };
    else if (n === 1 && ref !== undefined) this.panel = { kind: 'ref', id: ref };
    else this.panel = { kind: 'none' };
  }

  /** Says what was refused; true if it was done. */
  did(outcome: Outcome): boolean {
    if (!outcome.ok) toasts.complain(wordsOf(outcome));
    return outcome.ok;
  }

  /** Says what was done, and offers to take it back. */
  sayUndoable(text: string): void {
    toasts.say(text, { label: 'Undo', run: () => this.did(this.editor.undo()) });
  }

  #dropWhatIsGone(): void {
    const { panel, editor } = this;
    const isGone =
      (panel.kind === 'table' && editor.table(panel.id) === null) ||
      (panel.kind === 'ref' && editor.ref(panel.id) === null) ||
      (panel.kind === 'enum' && !editor.enums().some((it) => it.id === panel.id)) ||
      (panel.kind === 'group' && !editor.groups().some((it) => it.id === panel.id));
    if (!isGone) return;
    this.draft = null;
    this.panel = { kind: 'none' };
    this.selection = NOTHING;
  }
}

/** Why a command was refused, as one sentence. */
export function wordsOf(outcome: Outcome & { ok: false }): string {
  const { message, reasons } = outcome.fault;
  const words = reasons.length > 0 ? reasons.map((it) => it.message).join('; ') : message;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
