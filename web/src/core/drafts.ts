import type {
  ColumnId,
  ConflictChoice,
  DraftEdit,
  DraftView,
  RefRow,
  TableId,
} from './generated/model';

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
  | { readonly kind: 'offline'; readonly view: DraftView };

/** A draft that an earlier visit left unsaved in this browser. */
export interface KeptDraft {
  readonly table: TableId;
  readonly label: string;
  /** When it was last edited, in milliseconds since 1970. */
  readonly at: number;
  /** What is pending in it: `2 columns changed, 1 foreign key added`. */
  readonly counts: string;
}

/** The drafts of an open diagram, one per table: what the table editor talks to. */
export interface Drafts {
  /** The draft of the table, begun if there is none; null where there is no such table. */
  openDraft(table: TableId): DraftView | null;
  draft(table: TableId): DraftView | null;
  editDraft(table: TableId, edit: DraftEdit): DraftView;
  undoDraft(table: TableId): DraftView;
  redoDraft(table: TableId): DraftView;
  /** Ends the draft and leaves no trace of it. */
  discardDraft(table: TableId): void;
  saveDraft(table: TableId): Promise<DraftSaved>;
  resolveConflict(table: TableId, conflict: string, choice: ConflictChoice): DraftView;
  dismissDraftNews(table: TableId): DraftView;
  /** The refs that would go with a column, those of other tables too. */
  refsThatGo(table: TableId, column: ColumnId): readonly RefRow[];
  keptDrafts(): readonly KeptDraft[];
  restoreDraft(table: TableId): DraftView | null;
  forgetDraft(table: TableId): void;
}
