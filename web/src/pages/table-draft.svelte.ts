import type { Drafts, DraftSaved, KeptDraft } from '../core/drafts';
import type { ConflictChoice, DraftEdit, DraftView, TableId } from '../core/generated/model';

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

  readonly #drafts: Drafts;

  private constructor(drafts: Drafts, view: DraftView) {
    this.#drafts = drafts;
    this.table = view.table;
    this.view = view;
    this.kept = drafts.keptDrafts().find((it) => it.table === view.table);
  }

  /** Begins or goes on with the draft of a table; null where there is no such table. */
  static open(drafts: Drafts, table: TableId): TableDraft | null {
    const view = drafts.openDraft(table);
    return view === null ? null : new TableDraft(drafts, view);
  }

  get isDirty(): boolean {
    return this.view.isDirty;
  }

  /** Asks the core again: somebody saved, or a save that waited has gone through. */
  refresh(): void {
    const view = this.#drafts.draft(this.table);
    if (view !== null) this.#show(view);
  }

  edit(edit: DraftEdit): DraftView {
    return this.#show(this.#drafts.editDraft(this.table, edit));
  }

  undo(): void {
    this.#show(this.#drafts.undoDraft(this.table));
  }

  redo(): void {
    this.#show(this.#drafts.redoDraft(this.table));
  }

  /** Saves all of it or nothing. */
  async save(): Promise<DraftSaved['kind']> {
    leaveField();
    this.isAsked = true;
    const saved = await this.#drafts.saveDraft(this.table);
    this.#show(saved.view);
    this.isWaiting = saved.kind === 'offline';
    if (saved.kind === 'saved' || saved.kind === 'nothing') this.isAsked = false;
    if (saved.kind === 'refused') this.refusals += 1;
    return saved.kind;
  }

  /** Takes every pending change back. */
  discard(): void {
    this.#drafts.discardDraft(this.table);
    this.isAsked = false;
    this.isWaiting = false;
    const view = this.#drafts.openDraft(this.table);
    if (view !== null) this.#show(view);
  }

  /** The panel goes: nothing of the draft stays. */
  end(): void {
    this.#drafts.discardDraft(this.table);
  }

  resolve(choices: ReadonlyMap<string, ConflictChoice>): void {
    for (const [conflict, choice] of choices) {
      this.#show(this.#drafts.resolveConflict(this.table, conflict, choice));
    }
  }

  dismissNews(): void {
    this.#show(this.#drafts.dismissDraftNews(this.table));
  }

  restore(): void {
    const view = this.#drafts.restoreDraft(this.table);
    this.kept = undefined;
    if (view !== null) this.#show(view);
  }

  forget(): void {
    this.#drafts.forgetDraft(this.table);
    this.kept = undefined;
  }

  #show(view: DraftView): DraftView {
    this.view = view;
    if (!view.isSaving) this.isWaiting = false;
    return view;
  }
}

/** Some fields take what was typed once they are left: a save from the keyboard takes it too. */
function leaveField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  field.blur();
  field.focus({ preventScroll: true });
}
