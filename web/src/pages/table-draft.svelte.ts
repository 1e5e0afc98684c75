import { DraftFault, type DraftSaved } from '../core/drafts';
import type { Editor } from '../core/editor';
import type { ConflictChoice, DraftEdit, DraftView, TableId } from '../core/generated/model';
import type { KeptDraft } from '../core/kept-drafts';
import { toasts } from '../ui/toasts.svelte';

/**
 * The draft of the table that the right panel shows. What it shows is the core's; here is only what a
 * visit to the panel adds: whether a save was tried, and whether it waits for the server.
 */
export class TableDraft {
  readonly table: TableId;
  view = $state.raw<DraftView>() as DraftView;
  /** Unsaved changes of an earlier visit that are offered and not taken yet. */
  kept = $state.raw<KeptDraft | undefined>();
  /** A save was tried: what is missing is said from now on. */
  isAsked = $state(false);
  /** The save waits for a server that does not answer. */
  isWaiting = $state(false);
  /** How often a save was refused. */
  refusals = $state(0);

  readonly #editor: Editor;

  private constructor(editor: Editor, view: DraftView) {
    this.#editor = editor;
    this.table = view.table;
    this.view = view;
    this.kept = editor.keptDrafts().find((it) => it.table === view.table);
  }

  /** Begins or goes on with the draft of a table; null where there is no such table. */
  static open(editor: Editor, table: TableId): TableDraft | null {
    const view = editor.openDraft(table);
    return view === null ? null : new TableDraft(editor, view);
  }

  get isDirty(): boolean {
    return this.view.isDirty;
  }

  /**
   * Asks the core again: somebody saved, or a save that waited has gone through. Says whether the
   * draft is still there.
   */
  refresh(): boolean {
    const view = this.#editor.draft(this.table);
    if (view !== null) this.#show(view);
    return view !== null;
  }

  /** Carries an edit out; one that cannot be understood leaves the draft as it is and says why. */
  edit(edit: DraftEdit): DraftView {
    const view = understood(() => this.#editor.editDraft(this.table, edit));
    if (view === null) return this.view;
    if (view.notices.length > 0) toasts.complain(capital(view.notices.join('; ')));
    return this.#show(view);
  }

  undo(): void {
    this.#show(this.#editor.undoDraft(this.table));
  }

  redo(): void {
    this.#show(this.#editor.redoDraft(this.table));
  }

  /** Saves all of it or nothing. */
  async save(): Promise<DraftSaved['kind']> {
    leaveField();
    this.isAsked = true;
    const saved = await this.#editor.saveDraft(this.table);
    if (saved.kind === 'gone') return 'gone';
    this.#show(saved.view);
    this.isWaiting = saved.kind === 'offline';
    if (saved.kind === 'saved' || saved.kind === 'nothing') this.isAsked = false;
    if (saved.kind === 'refused' || saved.kind === 'conflict') this.refusals += 1;
    return saved.kind;
  }

  /** Takes every pending change back. */
  discard(): void {
    this.#editor.discardDraft(this.table);
    this.isAsked = false;
    this.isWaiting = false;
    const view = this.#editor.openDraft(this.table);
    if (view !== null) this.#show(view);
  }

  /** The panel goes: nothing of the draft stays. */
  end(): void {
    this.#editor.discardDraft(this.table);
  }

  /** Decides conflicts; says whether the draft is still there. */
  resolve(choices: ReadonlyMap<string, ConflictChoice>): boolean {
    for (const [conflict, choice] of choices) {
      const view = this.#editor.resolveConflict(this.table, conflict, choice);
      if (view === null) return false;
      this.#show(view);
    }
    return true;
  }

  dismissNews(): void {
    this.#show(this.#editor.dismissDraftNews(this.table));
  }

  restore(): void {
    const view = understood(() => this.#editor.restoreDraft(this.table));
    if (view !== null) this.#show(view);
    this.kept = this.#editor.keptDrafts().find((it) => it.table === this.table);
  }

  forget(): void {
    this.#editor.forgetDraft(this.table);
    this.kept = undefined;
  }

  #show(view: DraftView): DraftView {
    this.view = view;
    if (!view.isSaving) this.isWaiting = false;
    return view;
  }
}

/** What the core answers; null where it does not understand, which the person is told. */
function understood(ask: () => DraftView | null): DraftView | null {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof DraftFault)) throw error;
    toasts.complain(capital(error.message));
    return null;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Some fields take what was typed once they are left: a save from the keyboard takes it too. */
export function leaveField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  field.blur();
  field.focus({ preventScroll: true });
}
