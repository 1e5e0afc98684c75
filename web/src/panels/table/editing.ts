import type {
  ColumnChoice,
  ColumnId,
  DraftEdit,
  DraftView,
  RefForm,
  RefId,
  SuggestionRow,
  TableChoice,
  TableId,
} from '../../core/generated/model';

/** What the table editor asks the core. */
export interface TableAsk {
  typeChoices(text: string): readonly string[];
  tableChoices(text: string): readonly TableChoice[];
  columnChoices(table: TableId, text: string, like?: ColumnId): readonly ColumnChoice[];
  /** The form with another table at its far end, the key preselected. */
  withToTable(form: RefForm, table: TableId): RefForm;
  /** The form of a foreign key of this table that says nothing yet. */
  newForeignKey(): RefForm;
  /** Refs that would go with a column, in words. */
  refsThatGo(column: ColumnId): readonly string[];
  groups(): readonly { readonly id: string; readonly name: string }[];
}

/** What all sections of the table editor are given: the draft as it stands, and how to edit it. */
export interface Editing {
  readonly view: DraftView;
  readonly ask: TableAsk;
  /** Whether a save was tried: what is missing is said then, also in rows just added. */
  readonly isAsked: boolean;
  edit(edit: DraftEdit): DraftView;
  /** Suggestions for this table that were dismissed for good, and a way to take that back. */
  readonly dismissed: readonly SuggestionRow[];
  restore(key: string): void;
  openRef(id: RefId): void;
  hoverRef(id: RefId | null): void;
}
