// Written by a test of crowfoot_wasm; CROWFOOT_UPDATE=1 writes it anew.

/**
 * Which tables get new places.
 */
export type ArrangeScope = "all" | "unplaced";

/**
 * How tables are set: near their relations, or in layers with parents left of children.
 */
export type ArrangeStyle = "compact" | "layered";

/**
 * How many rows of one side go with one row of the other, from side first.
 */
export type Cardinality = "manyToOne" | "oneToMany" | "oneToOne" | "manyToMany";

/**
 * One cell of a sample row.
 */
export type Cell = "empty" | "null" | { "bool": boolean } | { "number": string } | { "text": string } | { "word": string } | { "expr": string };

/**
 * One step of a change-set.
 *
 * In lists whose order people see, `after` names the element that the new or moved one follows;
 * none puts it first, and one that is not there (any more) puts it last.
 */
export type Change = { "op": "updateSettings", patch: SettingsPatch, } | { "op": "createTable", table: Table, } | { "op": "updateTable", id: TableId, patch: TablePatch, } | { "op": "deleteTable", id: TableId, } | { "op": "createColumn", table: TableId, column: Column, after?: ColumnId, } | { "op": "updateColumn", table: TableId, id: ColumnId, patch: ColumnPatch, } | { "op": "moveColumn", table: TableId, id: ColumnId, after?: ColumnId, } | { "op": "deleteColumn", table: TableId, id: ColumnId, } | { "op": "createIndex", table: TableId, index: Index, after?: IndexId, } | { "op": "updateIndex", table: TableId, id: IndexId, patch: IndexPatch, } | { "op": "moveIndex", table: TableId, id: IndexId, after?: IndexId, } | { "op": "deleteIndex", table: TableId, id: IndexId, } | { "op": "createCheck", table: TableId, check: Check, after?: CheckId, } | { "op": "updateCheck", table: TableId, id: CheckId, patch: CheckPatch, } | { "op": "moveCheck", table: TableId, id: CheckId, after?: CheckId, } | { "op": "deleteCheck", table: TableId, id: CheckId, } | { "op": "createRef", reference: Ref, } | { "op": "updateRef", id: RefId, patch: RefPatch, } | { "op": "deleteRef", id: RefId, } | { "op": "createEnum", item: Enum, } | { "op": "updateEnum", id: EnumId, patch: EnumPatch, } | { "op": "deleteEnum", id: EnumId, } | { "op": "createEnumValue", id: EnumId, value: EnumValue, after?: EnumValueId, } | { "op": "updateEnumValue", id: EnumId, value: EnumValueId, patch: EnumValuePatch, } | { "op": "moveEnumValue", id: EnumId, value: EnumValueId, after?: EnumValueId, } | { "op": "deleteEnumValue", id: EnumId, value: EnumValueId, } | { "op": "createGroup", group: Group, } | { "op": "updateGroup", id: GroupId, patch: GroupPatch, } | { "op": "deleteGroup", id: GroupId, } | { "op": "createNote", note: Note, } | { "op": "updateNote", id: NoteId, patch: NotePatch, } | { "op": "deleteNote", id: NoteId, } | { "op": "createView", view: View, } | { "op": "updateView", id: ViewId, patch: ViewPatch, } | { "op": "deleteView", id: ViewId, } | { "op": "placeInView", id: ViewId, thing: Placed, position?: Point, } | { "op": "createPartial", partial: Partial, } | { "op": "updatePartial", id: PartialId, patch: PartialPatch, } | { "op": "deletePartial", id: PartialId, } | { "op": "dismissSuggestion", dismissal: Dismissal, } | { "op": "restoreSuggestion", id: DismissalId, };

/**
 * A list of changes that is applied whole or not at all.
 */
export type ChangeSet = { 
/**
 * What it does, for people: `add ref orders.user_id > users.id`.
 */
description: string, 
/**
 * In the order in which they are applied. Each may use what those before it made; whether
 * names are unique and ids resolve is judged once, after the last.
 */
changes: Array<Change>, };

/**
 * A check constraint of a table.
 */
export type Check = { id: CheckId, 
/**
 * The condition as it was written, without outer parentheses.
 */
expr: string, name?: string, 
/**
 * The column that it was written at; none for a constraint of the table.
 */
column?: ColumnId, partial?: PartialId, options: Array<Extra>, extras: Array<Extra>, };

/**
 * Fields of a check; those left out stay as they are, an empty text removes.
 */
export type CheckFields = { name?: string, expr?: string, };

/**
 * Names a check constraint.
 */
export type CheckId = string;

/**
 *The fields of a [`Check`] that a change sets.
 */
export type CheckPatch = { expr?: string, name?: string | null, column?: ColumnId | null, partial?: PartialId | null, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * A check constraint as the right panel shows it.
 */
export type CheckView = { id: CheckId, name: string | null, expr: string, };

/**
 * A colour as `#rrggbb` in small letters.
 */
export type Color = string;

/**
 * The colours of a theme.
 */
export type Colors = { ground: string, table: string, outline: string, divider: string, header: string, headerText: string, headerMuted: string, text: string, muted: string, primary: string, foreign: string, unique: string, line: string, note: string, noteText: string, group: string, };

/**
 * A column of a table.
 *
 * Whether it is a key or unique is said by the table's primary key and indexes.
 */
export type Column = { id: ColumnId, name: string, ty: ColumnType, 
/**
 * NOT NULL was said. A column of a primary key is never null, said or not.
 */
notNull: boolean, default?: DefaultValue, increment?: Increment, generated?: Generated, charset?: string, collation?: string, note?: string, 
/**
 * The table partial that it was injected from.
 */
partial?: PartialId, options: Array<Extra>, extras: Array<Extra>, };

/**
 * A column in a combobox.
 */
export type ColumnChoice = { id: ColumnId, name: string, type: string, isPrimary: boolean, isUnique: boolean, 
/**
 * Whether its type goes with the column that it was asked for; true where none was.
 */
isCompatible: boolean, 
/**
 * Why it does not go with it.
 */
reason?: string, };

/**
 * Fields of a column; those left out stay as they are, an empty text removes.
 */
export type ColumnFields = { name?: string, 
/**
 * The text of a type, or the name of an enum of the diagram.
 */
type?: string, notNull?: boolean, 
/**
 * As one types it: `'text'`, `0`, `true`, `null`, `now()`.
 */
default?: string, 
/**
 * `none` removes it.
 */
increment?: Increment | 'none', 
/**
 * The expression of a generated column.
 */
generated?: string, note?: string, };

/**
 * Names a column, of a table or of a table partial.
 */
export type ColumnId = string;

/**
 * Which column stands beside which, in the order of the key: from side, then to side.
 *
 * Invariant: not empty, and no column stands twice on the same side.
 */
export type ColumnPairs = [ColumnId, ColumnId][];

/**
 *The fields of a [`Column`] that a change sets.
 */
export type ColumnPatch = { name?: string, ty?: ColumnType, notNull?: boolean, default?: DefaultValue | null, increment?: Increment | null, generated?: Generated | null, charset?: string | null, collation?: string | null, note?: string | null, partial?: PartialId | null, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * The type of a column.
 */
export type ColumnType = { "named": string } | { "enum": { id: EnumId, dimensions: number, } };

/**
 * A column as the right panel shows it.
 */
export type ColumnView = { id: ColumnId, name: string, 
/**
 * The text of the type, an enum by its name.
 */
type: string, 
/**
 * The enum, if the type is one.
 */
enumId: EnumId | null, isPrimary: boolean, 
/**
 * Whether no two rows agree on this column alone.
 */
isUnique: boolean, 
/**
 * NOT NULL was said; a primary key is never null, said or not.
 */
isNotNull: boolean, increment: Increment | null, 
/**
 * The default as one types it: `'text'`, `0`, `true`, `null`, `now()`; empty for none.
 */
default: string, 
/**
 * The expression of a generated column; empty for none.
 */
generated: string, note: string | null, 
/**
 * Whether a ref has the column on its referencing side.
 */
isForeignKey: boolean, 
/**
 * How many refs use the column, on either side.
 */
nRefs: number, };

/**
 * One thing that a person does. It becomes one change-set, and one step of undo.
 */
export type Command = { "do": "saveRef", form: RefForm, } | { "do": "delete", things: Selection, } | { "do": "move", tables?: Array<PlacedTable>, notes?: Array<PlacedNote>, } | { "do": "arrange", scope: ArrangeScope, style?: ArrangeStyle, } | { "do": "arranged", tables: Array<PlacedTable>, } | { "do": "tidy", tables: Array<TableId>, style?: ArrangeStyle, } | { "do": "createTable", fields: TableFields, position?: Point, } | { "do": "updateTable", id: TableId, fields: TableFields, } | { "do": "setGroup", tables: Array<TableId>, group?: GroupId, } | { "do": "createColumn", table: TableId, fields: ColumnFields, after?: ColumnId, } | { "do": "updateColumn", table: TableId, id: ColumnId, fields: ColumnFields, } | { "do": "moveColumn", table: TableId, id: ColumnId, after?: ColumnId, } | { "do": "deleteColumns", table: TableId, ids: Array<ColumnId>, } | { "do": "setPrimary", table: TableId, columns: Array<ColumnId>, } | { "do": "setUnique", table: TableId, column: ColumnId, unique: boolean, } | { "do": "createIndex", table: TableId, fields: IndexFields, } | { "do": "updateIndex", table: TableId, id: IndexId, fields: IndexFields, } | { "do": "deleteIndex", table: TableId, id: IndexId, } | { "do": "createCheck", table: TableId, fields: CheckFields, } | { "do": "updateCheck", table: TableId, id: CheckId, fields: CheckFields, } | { "do": "deleteCheck", table: TableId, id: CheckId, } | { "do": "createEnum", fields: EnumFields, } | { "do": "updateEnum", id: EnumId, fields: EnumFields, } | { "do": "deleteEnum", id: EnumId, } | { "do": "createGroup", fields: GroupFields, tables: Array<TableId>, } | { "do": "updateGroup", id: GroupId, fields: GroupFields, } | { "do": "deleteGroup", id: GroupId, } | { "do": "createNote", fields: NoteFields, } | { "do": "updateNote", id: NoteId, fields: NoteFields, } | { "do": "createView", fields: ViewFields, tables: Array<TableId>, } | { "do": "updateView", id: ViewId, fields: ViewFields, } | { "do": "deleteView", id: ViewId, } | { "do": "setViewed", id: ViewId, tables: Array<TableId>, isShown: boolean, } | { "do": "acceptSuggestions", keys: Array<string>, } | { "do": "dismissSuggestions", keys: Array<string>, } | { "do": "restoreSuggestions", keys: Array<string>, } | { "do": "setNotation", notation: Notation, } | { "do": "setLineColors", by: LineColors, } | { "do": "setDialect", dialect?: Dialect, };

/**
 * Which of two values a conflict ends with.
 */
export type ConflictChoice = "theirs" | "mine";

/**
 * How many entities of each kind there are.
 */
export type Counts = { tables: number, columns: number, refs: number, enums: number, groups: number, notes: number, views: number, 
/**
 * Tables that nobody and nothing placed yet.
 */
unplaced: number, };

/**
 * Ids of what a command made, for the panel that opens next.
 */
export type Created = { tables: Array<TableId>, columns: Array<ColumnId>, refs: Array<RefId>, enums: Array<EnumId>, groups: Array<GroupId>, notes: Array<NoteId>, views: Array<ViewId>, };

/**
 * What a column holds when an insert does not say.
 */
export type DefaultValue = "null" | { "bool": boolean } | { "number": string } | { "text": string } | { "expr": string };

/**
 * When a foreign key that can be deferred is checked.
 */
export type Deferrable = "initiallyImmediate" | "initiallyDeferred";

/**
 * What holds for the diagram as a whole.
 */
export type DiagramView = { dialect: Dialect | null, notation: Notation, lineColors: LineColors, 
/**
 * The view that the canvas shows; none for the whole diagram.
 */
view: ViewId | null, note: string | null, counts: Counts, };

/**
 * A database whose SQL we speak.
 */
export type Dialect = "postgresql" | "mysql" | "sqlite";

/**
 * How the direction of a new ref was found.
 */
export type Direction = "open" | "clear" | "ask" | "noKey";

/**
 * A foreign key that was suggested and that somebody does not want to be asked about again.
 *
 * It never changes: it is made, and taken back. What two people dismiss at the same time stands
 * twice, which means no more than once.
 */
export type Dismissal = { id: DismissalId, 
/**
 * The table that would hold the key.
 */
from: TableId, to: TableId, 
/**
 * The referencing column of each pair first.
 */
columns: ColumnPairs, };

/**
 * Names a suggestion that was dismissed.
 */
export type DismissalId = string;

/**
 * What a command did: a change-set that is applied here and waits to be sent.
 */
export type Done = { 
/**
 * What it did, for people: `delete ref orders.user_id > users.id`. Empty if it did nothing.
 */
description: string, touched: Touched, 
/**
 * The entities that it made.
 */
created: Created, };

/**
 * What the table editor wants of the draft of a table.
 */
export type DraftCall = { "call": "open" } | { "call": "view" } | { "call": "edit", edit: DraftEdit, } | { "call": "undo" } | { "call": "redo" } | { "call": "discard" } | { "call": "resolve", conflict: string, choice: ConflictChoice, } | { "call": "dismissNews" };

/**
 * A check constraint in the table editor.
 */
export type DraftCheck = { id: CheckId, state: RowState, was: Record<string, string>, problems: Array<DraftProblem>, 
/**
 * Empty for none.
 */
name: string, expr: string, 
/**
 * The column that it was written at.
 */
column?: ColumnId, };

/**
 * Fields of a check in the table editor; those left out stay as they are, an empty text removes.
 */
export type DraftCheckFields = { name?: string, expr?: string, };

/**
 * A column in the table editor. Texts are empty where there is none.
 */
export type DraftColumn = { id: ColumnId, state: RowState, 
/**
 * `place` is there too, in words, for a column that was moved.
 */
was: Record<string, string>, problems: Array<DraftProblem>, name: string, 
/**
 * The text of the type, an enum by its name.
 */
type: string, 
/**
 * The enum, if the type is one.
 */
enumId?: EnumId, isPrimary: boolean, 
/**
 * NOT NULL was said; a primary key is never null, said or not.
 */
isNotNull: boolean, 
/**
 * Whether no two rows agree on this column alone.
 */
isUnique: boolean, increment?: Increment, 
/**
 * The default as one types it: `'text'`, `0`, `true`, `null`, `now()`.
 */
default: string, 
/**
 * The expression of a generated column.
 */
generated: string, note: string, 
/**
 * Whether a foreign key of the draft stands on it.
 */
isForeignKey: boolean, 
/**
 * How many refs of the draft use the column, on either side.
 */
nRefs: number, 
/**
 * What the column seems to refer to, if it looks like a foreign key and has none.
 */
suggestion?: DraftSuggestion, };

/**
 * Fields of a column in the table editor; those left out stay as they are, an empty text removes.
 */
export type DraftColumnFields = { name?: string, 
/**
 * The text of a type, or the name of an enum of the diagram.
 */
type?: string, isPrimary?: boolean, isNotNull?: boolean, isUnique?: boolean, 
/**
 * `none` removes it.
 */
increment?: Increment | 'none', 
/**
 * As one types it: `'text'`, `0`, `true`, `null`, `now()`.
 */
default?: string, 
/**
 * The expression of a generated column.
 */
generated?: string, note?: string, };

/**
 * A field, or a whole row, that somebody else changed too.
 */
export type DraftConflict = { 
/**
 * Names it in `resolveConflict`.
 */
id: string, entity: EntityId, field?: string, 
/**
 * What it is about: `the column users.email`.
 */
label: string, 
/**
 * What they made of it, as one reads it.
 */
theirs: string, 
/**
 * What is pending here, as one reads it.
 */
mine: string, 
/**
 * A stable name such as `conflict/both-changed`.
 */
code: string, 
/**
 * What both did, as a sentence.
 */
words: string, };

/**
 * How much is pending.
 */
export type DraftCounts = { 
/**
 * `2 columns changed, 1 foreign key added, 1 removed`; empty where nothing is pending.
 */
words: string, 
/**
 * The table's own fields that changed.
 */
fields: number, columns: DraftTally, indexes: DraftTally, checks: DraftTally, foreignKeys: DraftTally, 
/**
 * Refs of other tables that go along.
 */
incomingRemoved: number, 
/**
 * Suggestions that are not to be made again.
 */
dismissed: number, 
/**
 * Dismissed suggestions that may be made again.
 */
restored: number, };

/**
 * One thing that a person does in the table editor. It is one step of the draft's undo.
 *
 * Edits are not judged: a name may be empty or taken, and the view says what is wrong.
 */
export type DraftEdit = { "edit": "setName", name: string, } | { "edit": "setSchema", schema: string, } | { "edit": "setAlias", alias: string, } | { "edit": "setNote", note: string, } | { "edit": "setColor", color: string, } | { "edit": "setGroup", group: GroupId | null, } | { "edit": "addColumn", after?: ColumnId, fields?: DraftColumnFields, } | { "edit": "setColumn", id: ColumnId, fields: DraftColumnFields, } | { "edit": "moveColumn", id: ColumnId, after: ColumnId | null, } | { "edit": "dropColumn", id: ColumnId, } | { "edit": "restoreColumn", id: ColumnId, } | { "edit": "pasteColumns", after?: ColumnId, text: string, } | { "edit": "setPrimary", columns: Array<ColumnId>, } | { "edit": "revert", entity: EntityId, field?: string, } | { "edit": "addIndex", fields: DraftIndexFields, } | { "edit": "setIndex", id: IndexId, fields: DraftIndexFields, } | { "edit": "moveIndex", id: IndexId, after: IndexId | null, } | { "edit": "dropIndex", id: IndexId, } | { "edit": "restoreIndex", id: IndexId, } | { "edit": "addCheck", fields: DraftCheckFields, } | { "edit": "setCheck", id: CheckId, fields: DraftCheckFields, } | { "edit": "dropCheck", id: CheckId, } | { "edit": "restoreCheck", id: CheckId, } | { "edit": "addForeignKey", form: RefForm, } | { "edit": "setForeignKey", id: RefId, form: RefForm, } | { "edit": "dropForeignKey", id: RefId, } | { "edit": "restoreForeignKey", id: RefId, } | { "edit": "acceptSuggestion", column: ColumnId, } | { "edit": "dismissSuggestion", column: ColumnId, };

/**
 * A foreign key in the table editor, read from this table: `from` is always a column of it.
 */
export type DraftForeignKey = { id: RefId, state: RowState, was: Record<string, string>, problems: Array<DraftProblem>, 
/**
 * What the ref editor shows and `setForeignKey` takes back, in the ref's own direction.
 */
form: RefForm, 
/**
 * Empty for none.
 */
name: string, 
/**
 * None while no table is picked.
 */
toTable: TableId | null, toLabel: string, pairs: Array<DraftPair>, 
/**
 * `user_id > users.id`.
 */
label: string, 
/**
 * What it means, as a sentence about rows; empty while it is not complete.
 */
meaning: string, 
/**
 * The ref is written from the other table: `form.toTable` is this one.
 */
isTurned: boolean, cardinality: Cardinality, onDelete: ReferentialAction | null, onUpdate: ReferentialAction | null, deferrable: Deferrable | null, inactive: boolean, 
/**
 * `#rrggbb`, empty for none.
 */
color: string, note: string, };

/**
 * The table itself.
 */
export type DraftHead = { state: RowState, was: Record<string, string>, problems: Array<DraftProblem>, name: string, 
/**
 * Empty for none.
 */
schema: string, alias: string, note: string, 
/**
 * `#rrggbb`, empty for none.
 */
color: string, group: GroupId | null, };

/**
 * A ref of another table that points here.
 */
export type DraftIncoming = { row: RefRow, 
/**
 * It goes with a column that the draft drops.
 */
isRemoved: boolean, };

/**
 * An index or unique constraint in the table editor.
 */
export type DraftIndex = { id: IndexId, state: RowState, was: Record<string, string>, problems: Array<DraftProblem>, 
/**
 * Empty for none.
 */
name: string, parts: Array<DraftPart>, 
/**
 * Its parts as one reads them: `email, created_at DESC`.
 */
label: string, uniqueness: Uniqueness, method: string, predicate: string, note: string, };

/**
 * Fields of an index in the table editor; those left out stay as they are, an empty text removes.
 */
export type DraftIndexFields = { name?: string, parts?: Array<DraftPart>, uniqueness?: Uniqueness, method?: string, predicate?: string, note?: string, };

/**
 * Something that somebody else saved to the table while it was edited here.
 */
export type DraftNews = { id: number, 
/**
 * What changed: `column email renamed to mail`.
 */
words: string, };

/**
 * The change-set that saves a draft, and what it was made on.
 */
export type DraftOutgoing = { base: number, changeSet: ChangeSet, };

/**
 * A pair of columns of a foreign key; none where nothing is picked yet.
 */
export type DraftPair = { from: ColumnId | null, fromName: string, to: ColumnId | null, toName: string, };

/**
 * One part of an index's key: a column or an expression.
 */
export type DraftPart = { column?: ColumnId, 
/**
 * The expression of a part that is no column.
 */
expr?: string, 
/**
 * What follows it: `DESC NULLS LAST`.
 */
modifiers?: string, };

/**
 * Something about the draft that the person should know before saving.
 */
export type DraftProblem = { entity: EntityId, 
/**
 * The field by its name in the row: `name`, `type`, `pairs`; none for the row as a whole.
 */
field?: string, 
/**
 * Which pair of columns of a foreign key, from 0.
 */
pair?: number, severity: Severity, 
/**
 * A stable name such as `schema/duplicate-column-name`.
 */
code: string, 
/**
 * Lower case first, no full stop, names in backticks.
 */
message: string, };

/**
 * A foreign key that a column looks like.
 */
export type DraftSuggestion = { 
/**
 * The columns of this table that would form it: more than one for a composite key.
 */
columns: Array<ColumnId>, toTable: TableId, toColumns: Array<ColumnId>, 
/**
 * `user_id > users.id`.
 */
label: string, 
/**
 * Why, for the person.
 */
reason: string, 
/**
 * Between 0 and 1.
 */
confidence: number, };

/**
 * How many rows of a kind are pending, by state.
 */
export type DraftTally = { added: number, changed: number, removed: number, };

/**
 * The table editor as it stands: what the table would be, and what is pending about each row.
 */
export type DraftView = { table: TableId, 
/**
 * `schema.name`, or the name alone, as the draft has it.
 */
label: string, 
/**
 * The diagram has no such table (any more): saving makes it.
 */
isNew: boolean, 
/**
 * Somebody else deleted the table while it was edited here: a conflict asks what to do.
 */
isDropped: boolean, head: DraftHead, 
/**
 * In the order in which they will stand; removed ones in their old place.
 */
columns: Array<DraftColumn>, 
/**
 * The columns of the primary key in its order.
 */
primary: Array<ColumnId>, indexes: Array<DraftIndex>, checks: Array<DraftCheck>, 
/**
 * Refs whose foreign key this table holds, many-to-many ones too, oldest first.
 */
foreignKeys: Array<DraftForeignKey>, 
/**
 * Refs of other tables that point here, and whether they go with a column.
 */
referencedBy: Array<DraftIncoming>, counts: DraftCounts, 
/**
 * Something would change if it were saved.
 */
isDirty: boolean, 
/**
 * It is dirty, nothing in it is an error, and no conflict is open.
 */
canSave: boolean, canUndo: boolean, canRedo: boolean, 
/**
 * A save is under way or waits for the server; editing may go on meanwhile.
 */
isSaving: boolean, 
/**
 * Everything there is to say, errors first; those of a row stand in the row too.
 */
problems: Array<DraftProblem>, 
/**
 * What somebody else saved that does not go with what is pending here.
 */
conflicts: Array<DraftConflict>, 
/**
 * What the edit that this answers could not do, such as lines of a paste that were not
 * understood.
 */
notices: Array<string>, 
/**
 * What somebody else saved to this table since it was opened, newest last.
 */
news: Array<DraftNews>, };

/**
 * An own change that was taken back.
 */
export type Dropped = { ticket: number, description: string, 
/**
 * Why, one reason a line.
 */
reasons: Array<string>, };

/**
 * Any entity of a diagram.
 */
export type EntityId = { "kind": "settings" } | { "kind": "table", "id": TableId } | { "kind": "column", "id": ColumnId } | { "kind": "index", "id": IndexId } | { "kind": "check", "id": CheckId } | { "kind": "ref", "id": RefId } | { "kind": "enum", "id": EnumId } | { "kind": "enumValue", "id": EnumValueId } | { "kind": "group", "id": GroupId } | { "kind": "note", "id": NoteId } | { "kind": "view", "id": ViewId } | { "kind": "partial", "id": PartialId } | { "kind": "dismissal", "id": DismissalId };

/**
 * An enumerated type with its values in order.
 */
export type Enum = { values: Array<EnumValue>, id: EnumId, name: string, schema?: string, note?: string, extras: Array<Extra>, };

/**
 * Fields of an enum; those left out stay as they are, an empty text removes.
 */
export type EnumFields = { name?: string, schema?: string, note?: string, 
/**
 * All values in their order; those without an id are made, those that are missing deleted.
 */
values?: Array<EnumValueFields>, };

/**
 * Names an enum.
 */
export type EnumId = string;

/**
 *The fields of a [`EnumHead`] that a change sets.
 */
export type EnumPatch = { name?: string, schema?: string | null, note?: string | null, extras?: Array<Extra>, };

/**
 * One value of an enum.
 */
export type EnumValue = { id: EnumValueId, name: string, note?: string, extras: Array<Extra>, };

/**
 * One value of an enum.
 */
export type EnumValueFields = { id?: EnumValueId, name: string, note?: string, };

/**
 * Names one value of an enum.
 */
export type EnumValueId = string;

/**
 *The fields of a [`EnumValue`] that a change sets.
 */
export type EnumValuePatch = { name?: string, note?: string | null, extras?: Array<Extra>, };

/**
 * One value of an enum.
 */
export type EnumValueView = { id: EnumValueId, name: string, note: string | null, };

/**
 * An enum with its values.
 */
export type EnumView = { id: EnumId, 
/**
 * `schema.name`, or the name alone.
 */
label: string, schema: string | null, name: string, note: string | null, values: Array<EnumValueView>, 
/**
 * `table.column` of each column of this type.
 */
used_by: Array<string>, };

/**
 * A setting that the model keeps without knowing what it means.
 *
 * Two lists of these stand on entities: `extras`, the DBML settings that we do not know and print
 * back, and `options`, clauses of a SQL dialect such as `mysql.engine` that are printed for that
 * dialect only.
 */
export type Extra = { key: string, 
/**
 * The value as it was written, quotes and all; none for a bare word.
 */
value?: string, };

/**
 * Why a command or a question failed. Nothing was changed.
 */
export type Fault = { 
/**
 * A stable name such as `schema/duplicate-table-name`.
 */
code: string, message: string, 
/**
 * What the diagram has against the change-set, if that is why.
 */
reasons: Array<Reason>, };

/**
 * How the types of two columns go together while a ref is being dragged.
 */
export type Fit = { level: FitLevel, 
/**
 * Why it does not fit, or what is odd; empty if all is well.
 */
message: string, };

/**
 * How well a column fits.
 */
export type FitLevel = "good" | "odd" | "bad";

/**
 * A rectangle on the canvas.
 */
export type Frame = { x: number, y: number, w: number, h: number, };

/**
 * The expression that a generated column is computed from.
 */
export type Generated = { expr: string, 
/**
 * Computed when written, not when read.
 */
isStored: boolean, };

/**
 * A named group of tables. Tables say which group they are in.
 */
export type Group = { id: GroupId, name: string, color?: Color, note?: string, extras: Array<Extra>, };

/**
 * The ground behind a group, as it is drawn.
 */
export type GroupFace = { id: GroupId, name: string, color: Color | null, rect: Frame, 
/**
 * Its tables, which move with it.
 */
tables: Array<TableId>, };

/**
 * Fields of a group; those left out stay as they are, an empty text removes.
 */
export type GroupFields = { name?: string, 
/**
 * `#rrggbb`.
 */
color?: string, note?: string, };

/**
 * Names a table group.
 */
export type GroupId = string;

/**
 *The fields of a [`Group`] that a change sets.
 */
export type GroupPatch = { name?: string, color?: Color | null, note?: string | null, extras?: Array<Extra>, };

/**
 * A table group.
 */
export type GroupView = { id: GroupId, name: string, color: Color | null, note: string | null, tables: Array<TableId>, };

/**
 * At which edge of its row a handle is.
 */
export type HandleSide = "left" | "right";

/**
 * What undo and redo would do.
 */
export type History = { 
/**
 * What undo takes back, in words; none if there is nothing.
 */
undo: string | null, redo: string | null, };

/**
 * What lies under the pointer.
 */
export type HitFace = { "kind": "handle", table: TableId, column: ColumnId, side: HandleSide, } | { "kind": "row", table: TableId, column: ColumnId, } | { "kind": "header", table: TableId, } | { "kind": "line", id: RefId, } | { "kind": "note", id: NoteId, } | { "kind": "group", id: GroupId, };

/**
 * How a column counts up by itself.
 */
export type Increment = "auto" | "serial" | "identityAlways" | "identityByDefault";

/**
 * An index or a unique constraint of a table.
 */
export type Index = { id: IndexId, parts: Array<IndexPart>, name?: string, uniqueness: Uniqueness, 
/**
 * The access method in small letters: `btree`, `hash`, `gin`, `fulltext` ...
 */
method?: string, 
/**
 * The condition of a partial index, without WHERE.
 */
predicate?: string, 
/**
 * Columns that are stored in the index without being part of its key.
 */
include: Array<ColumnId>, note?: string, partial?: PartialId, options: Array<Extra>, extras: Array<Extra>, };

/**
 * Fields of an index; those left out stay as they are, an empty text removes.
 */
export type IndexFields = { name?: string, columns?: Array<ColumnId>, uniqueness?: Uniqueness, method?: string, predicate?: string, note?: string, };

/**
 * Names an index or unique constraint.
 */
export type IndexId = string;

/**
 * One part of an index's key.
 */
export type IndexPart = { target: IndexTarget, 
/**
 * What follows the column as it was written: `DESC NULLS LAST`, `(10)`, `text_pattern_ops`.
 */
modifiers?: string, };

/**
 *The fields of a [`Index`] that a change sets.
 */
export type IndexPatch = { parts?: Array<IndexPart>, name?: string | null, uniqueness?: Uniqueness, method?: string | null, predicate?: string | null, include?: Array<ColumnId>, note?: string | null, partial?: PartialId | null, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * What a part of an index's key is.
 */
export type IndexTarget = { "column": ColumnId } | { "expr": string };

/**
 * An index or unique constraint as the right panel shows it.
 */
export type IndexView = { id: IndexId, name: string | null, uniqueness: Uniqueness, method: string | null, 
/**
 * Its parts as one reads them: `email`, `created_at DESC`, `lower(email)`.
 */
parts: Array<string>, 
/**
 * The columns among its parts.
 */
columns: Array<ColumnId>, predicate: string | null, note: string | null, };

/**
 * One look of lines and what it means.
 */
export type KeyFace = { words: string, 
/**
 * In the light theme, as CSS has it.
 */
light: string, dark: string, 
/**
 * Strokes and gaps in turn; none for a solid line.
 */
dashes: Array<number>, isBold: boolean, };

/**
 * A text on a line.
 */
export type LabelFace = { text: string, x: number, y: number, };

/**
 * What the colours of lines mean.
 */
export type LegendFace = { title: string, keys: Array<KeyFace>, };

/**
 * What the colours of lines tell.
 */
export type LineColors = "ref" | "action" | "group";

/**
 * One end of a line, for lighting its columns.
 */
export type LineFace = { id: RefId, fromTable: TableId, fromColumns: Array<ColumnId>, toTable: TableId, toColumns: Array<ColumnId>, 
/**
 * The ref's name and where its middle stands; none if it has no name.
 */
label: LabelFace | null, };

/**
 * The measures and colours that canvas and SVG share.
 */
export type Look = { fontFamily: string, titleSize: number, nameSize: number, typeSize: number, labelSize: number, headerHeight: number, rowHeight: number, padding: number, iconWidth: number, nullWidth: number, cornerRadius: number, bendRadius: number, fork: number, 
/**
 * Strokes and gaps in turn, by the number of the pattern in the stream of lines.
 */
patterns: [Array<number>, Array<number>, Array<number>, Array<number>, Array<number>], light: Colors, dark: Colors, };

/**
 * A form for a new ref, and how sure it is which side is the parent.
 */
export type NewRef = { form: RefForm, direction: Direction, 
/**
 * Why, or what to choose, in words for the person; empty where there is nothing to say.
 */
message: string, };

/**
 * How the ends of lines are drawn.
 */
export type Notation = "crowsFoot" | "labels" | "idef1x";

/**
 * A sticky note on the canvas.
 */
export type Note = { id: NoteId, name: string, text: string, color?: Color, position?: Point, size?: Size, extras: Array<Extra>, };

/**
 * A sticky note as it is drawn.
 */
export type NoteFace = { id: NoteId, name: string, text: string, color: Color | null, rect: Frame, };

/**
 * Fields of a sticky note; those left out stay as they are, an empty text removes.
 */
export type NoteFields = { name?: string, text?: string, 
/**
 * `#rrggbb`.
 */
color?: string, position?: Point, size?: Size, };

/**
 * Names a sticky note.
 */
export type NoteId = string;

/**
 *The fields of a [`Note`] that a change sets.
 */
export type NotePatch = { name?: string, text?: string, color?: Color | null, position?: Point | null, size?: Size | null, extras?: Array<Extra>, };

/**
 * A sticky note.
 */
export type NoteView = { id: NoteId, name: string, text: string, color: Color | null, position: Point | null, size: Size | null, };

/**
 * A change-set that waits to be sent, and what it was made on.
 */
export type Outgoing = { 
/**
 * Names it among those that wait; the caller gives it a key for the server.
 */
ticket: number, base: number, changeSet: ChangeSet, };

/**
 * A table partial: definitions that tables inject. Tables hold copies of what they injected,
 * marked with the partial's id.
 */
export type Partial = { id: PartialId, name: string, columns: Array<Column>, indexes: Array<Index>, checks: Array<Check>, 
/**
 * Columns of the partial that are its primary key, in order.
 */
primaryColumns: Array<ColumnId>, headerColor?: Color, note?: string, extras: Array<Extra>, };

/**
 * Names a table partial.
 */
export type PartialId = string;

/**
 *The fields of a [`Partial`] that a change sets.
 */
export type PartialPatch = { name?: string, columns?: Array<Column>, indexes?: Array<Index>, checks?: Array<Check>, primaryColumns?: Array<ColumnId>, headerColor?: Color | null, note?: string | null, extras?: Array<Extra>, };

/**
 * Something that has a place in a view.
 */
export type Placed = { "kind": "table", "id": TableId } | { "kind": "note", "id": NoteId };

/**
 * Where a note is put.
 */
export type PlacedNote = { id: NoteId, position: Point, size?: Size, };

/**
 * Where a table is put.
 */
export type PlacedTable = { id: TableId, position: Point, };

/**
 * Where tables and notes stand in a view. What is shown and has no place here was never put
 * anywhere in the view; where it stands in the whole diagram does not matter.
 */
export type Places = { tables?: { id: TableId, position: Point }[], notes?: { id: NoteId, position: Point }[], };

/**
 * A place on the canvas, in pixels at zoom 1; y grows downwards.
 */
export type Point = { x: number, y: number, };

/**
 * The columns that name a row, in the order of the key.
 *
 * Invariant (held by the diagram): not empty, no column twice, all of them columns of the table.
 */
export type PrimaryKey = { 
/**
 * The name of the constraint.
 */
name?: string, columns: Array<ColumnId>, };

/**
 * A question that changes nothing.
 */
export type Query = { "ask": "diagram" } | { "ask": "tableRows", query: TableQuery, offset: number, limit: number, } | { "ask": "table", id: TableId, } | { "ask": "refRows", text: string, offset: number, limit: number, } | { "ask": "ref", id: RefId, } | { "ask": "newRef", seed: RefSeed, 
/**
 * Asks what the diagram would be with the draft of that table.
 */
draft?: TableId, } | { "ask": "withFromTable", form: RefForm, table: TableId, 
/**
 * Asks what the diagram would be with the draft of that table.
 */
draft?: TableId, } | { "ask": "withToTable", form: RefForm, table: TableId, 
/**
 * Asks what the diagram would be with the draft of that table.
 */
draft?: TableId, } | { "ask": "swapped", form: RefForm, } | { "ask": "checkRef", form: RefForm, 
/**
 * Asks what the diagram would be with the draft of that table.
 */
draft?: TableId, } | { "ask": "enums" } | { "ask": "groups" } | { "ask": "notes" } | { "ask": "views" } | { "ask": "viewed", id: ViewId, } | { "ask": "viewChoices", id: ViewId, text: string, limit: number, } | { "ask": "note", id: NoteId, } | { "ask": "tableChoices", text: string, limit: number, } | { "ask": "columnChoices", table: TableId, text: string, like?: ColumnId, 
/**
 * Asks what the diagram would be with the draft of that table.
 */
draft?: TableId, } | { "ask": "refsThatGo", table: TableId, column: ColumnId, } | { "ask": "draftChanges", table: TableId, } | { "ask": "typeChoices", text: string, } | { "ask": "suggestions" } | { "ask": "suggestionCounts" } | { "ask": "search", text: string, limit: number, };

/**
 * Why one change of a change-set cannot be made.
 */
export type Reason = { 
/**
 * Which change of the change-set, from 0.
 */
change: number, 
/**
 * The entity that it is about.
 */
entity: EntityId, 
/**
 * The field that it is about, by its name in JSON.
 */
field?: string, 
/**
 * A stable name such as `schema/duplicate-table`.
 */
code: string, 
/**
 * What is and what was wanted: lower case first, no full stop, names in backticks.
 */
message: string, };

/**
 * What a change-set from the server did to the diagram here.
 */
export type Received = { touched: Touched, 
/**
 * Own changes that no longer fit and were taken back, in words.
 */
dropped: Array<Dropped>, };

/**
 * Sample rows of a table. They are kept and printed back; nothing else is done with them.
 */
export type Records = { columns: Array<ColumnId>, 
/**
 * Rows of as many cells as there are columns.
 */
rows: Array<Array<Cell>>, };

/**
 * A relationship: columns of one table joined with as many of another, or of the same one.
 */
export type Ref = { id: RefId, from: TableId, to: TableId, columns: ColumnPairs, cardinality: Cardinality, 
/**
 * Which side holds the key of a one-to-one; the other cardinalities say it themselves.
 */
keySide: Side, 
/**
 * Whether the from side may be missing, where that was said.
 */
fromOptional?: boolean, 
/**
 * Whether the to side may be missing, where that was said.
 */
toOptional?: boolean, name?: string, 
/**
 * None where nothing was said, which means no action.
 */
onDelete?: ReferentialAction, 
/**
 * None where nothing was said, which means no action.
 */
onUpdate?: ReferentialAction, deferrable?: Deferrable, 
/**
 * Documentation only: drawn dotted, left out of SQL.
 */
inactive: boolean, color?: Color, note?: string, options: Array<Extra>, extras: Array<Extra>, };

/**
 * A ref with its form and the words that go beside it.
 */
export type RefDetail = { row: RefRow, form: RefForm, 
/**
 * What the ref means, as a sentence about rows.
 */
meaning: string, };

/**
 * A field of the ref form.
 */
export type RefField = "fromTable" | "toTable" | "pairs" | "cardinality" | "onDelete" | "onUpdate" | "name" | "color";

/**
 * What the ref editor holds while somebody edits.
 */
export type RefForm = { 
/**
 * None for a ref that is not made yet.
 */
id: RefId | null, fromTable: TableId | null, toTable: TableId | null, 
/**
 * At least one pair, possibly of nothing yet.
 */
pairs: Array<RefPair>, cardinality: Cardinality, 
/**
 * Which side holds the key of a one-to-one.
 */
keySide: Side, 
/**
 * None follows the columns.
 */
fromOptional: boolean | null, 
/**
 * None follows the columns.
 */
toOptional: boolean | null, onDelete: ReferentialAction | null, onUpdate: ReferentialAction | null, deferrable: Deferrable | null, 
/**
 * Empty for none.
 */
name: string, 
/**
 * `#rrggbb`, empty for none.
 */
color: string, 
/**
 * Empty for none.
 */
note: string, inactive: boolean, };

/**
 * Names a ref.
 */
export type RefId = string;

/**
 * A pair of columns in the ref editor; none where nothing is picked yet.
 */
export type RefPair = { from: ColumnId | null, to: ColumnId | null, };

/**
 *The fields of a [`Ref`] that a change sets.
 */
export type RefPatch = { from?: TableId, to?: TableId, columns?: ColumnPairs, cardinality?: Cardinality, keySide?: Side, fromOptional?: boolean | null, toOptional?: boolean | null, name?: string | null, onDelete?: ReferentialAction | null, onUpdate?: ReferentialAction | null, deferrable?: Deferrable | null, inactive?: boolean, color?: Color | null, note?: string | null, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * Something about a ref form that the person should know before saving.
 */
export type RefProblem = { field: RefField, 
/**
 * Which pair of columns, from 0.
 */
pair?: number, severity: Severity, 
/**
 * A stable name such as `ref/type-mismatch`.
 */
code: string, 
/**
 * Lower case first, no full stop, names in backticks.
 */
message: string, };

/**
 * A ref in a list.
 */
export type RefRow = { id: RefId, 
/**
 * `table.column`, or `table.(a, b)` for several columns.
 */
from: string, 
/**
 * `>`, `<`, `-` or `<>`, with `?` on a side that was said to be optional.
 */
symbol: string, to: string, fromTable: TableId, toTable: TableId, cardinality: Cardinality, name?: string, 
/**
 * Left out where it is no action.
 */
onDelete?: ReferentialAction, 
/**
 * Left out where it is no action.
 */
onUpdate?: ReferentialAction, 
/**
 * Both actions in words where they are not the default: `on delete cascade`.
 */
actions?: string, inactive: boolean, color?: Color, note?: string, };

/**
 * One page of the list of refs.
 */
export type RefRows = { 
/**
 * How many there are on all pages.
 */
total: number, rows: Array<RefRow>, };

/**
 * What a new ref starts from: what was picked, dragged from or dropped on.
 */
export type RefSeed = { fromTable?: TableId, fromColumn?: ColumnId, toTable?: TableId, toColumn?: ColumnId, };

/**
 * What happens to referencing rows when the referenced one is deleted or its key updated.
 */
export type ReferentialAction = "noAction" | "restrict" | "cascade" | "setNull" | "setDefault";

/**
 * A row of a table's face.
 */
export type RowFace = { column: ColumnId, name: string, type: string, 
/**
 * Bits: 1 primary, 2 foreign, 4 unique, 8 not null, 16 note, 32 enum.
 */
flags: number, };

/**
 * What is pending about a row.
 */
export type RowState = "unchanged" | "added" | "changed" | "removed";

/**
 * Something that a search over the whole diagram found.
 */
export type SearchHit = { entity: EntityId, 
/**
 * The table to show, for a table or a column.
 */
table: TableId | null, label: string, 
/**
 * What stands beside it in small letters: a type, the two ends of a ref.
 */
detail: string, };

/**
 * Entities picked on the canvas or in a list.
 */
export type Selection = { tables?: Array<TableId>, refs?: Array<RefId>, notes?: Array<NoteId>, groups?: Array<GroupId>, };

/**
 *The fields of a [`Settings`] that a change sets.
 */
export type SettingsPatch = { name?: string | null, dialect?: Dialect | null, note?: string | null, notation?: Notation, lineColors?: LineColors, verbatim?: Array<string>, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * How bad a problem is: an error keeps the form from being saved.
 */
export type Severity = "error" | "warning" | "info";

/**
 * Which entities of one kind a view shows.
 */
export type Shown<T> = "all" | { "only": Array<T> };

/**
 * One of the two sides of a ref.
 */
export type Side = "from" | "to";

/**
 * A width and a height on the canvas, in pixels at zoom 1.
 */
export type Size = { width: number, height: number, };

/**
 * How many foreign keys are suggested for a table.
 */
export type SuggestionCount = { table: TableId, n: number, };

/**
 * The foreign keys that the diagram seems to mean without declaring them.
 */
export type SuggestionReview = { 
/**
 * By target, then by what would refer to it.
 */
rows: Array<SuggestionRow>, 
/**
 * Those that were dismissed, in the same order.
 */
dismissed: Array<SuggestionRow>, nTables: number, 
/**
 * How many tables are still to be looked at. Of those, and of the rows that touch them, what is
 * here may be stale.
 */
nWaiting: number, 
/**
 * The diagram declares few foreign keys for its tables and there are some to suggest: worth
 * offering a review to whoever has just imported it.
 */
isWorthOffering: boolean, };

/**
 * A suggested foreign key.
 */
export type SuggestionRow = { 
/**
 * Names it in commands; the same for the same columns, whenever it is suggested.
 */
key: string, fromTable: TableId, fromColumns: Array<ColumnId>, toTable: TableId, toColumns: Array<ColumnId>, 
/**
 * `orders.customer_id`, or `orders.(a, b)`.
 */
from: string, to: string, 
/**
 * The operator between them.
 */
symbol: string, cardinality: Cardinality, 
/**
 * Between 0 and 1; 0 for one that was dismissed and would not be suggested any more.
 */
confidence: number, 
/**
 * Why, as one clause; empty for one that would not be suggested any more.
 */
reason: string, };

/**
 * A table with its columns, indexes and checks, in the order in which people see them.
 */
export type Table = { columns: Array<Column>, indexes?: Array<Index>, checks?: Array<Check>, id: TableId, name: string, 
/**
 * The namespace; none for the database's default one.
 */
schema?: string, alias?: string, note?: string, headerColor?: Color, group?: GroupId, 
/**
 * The top left corner; none until somebody or the layout placed it.
 */
position?: Point, primaryKey?: PrimaryKey, 
/**
 * Sample rows, kept and printed back.
 */
records?: Array<Records>, options: Array<Extra>, extras: Array<Extra>, };

/**
 * A table in a combobox.
 */
export type TableChoice = { id: TableId, 
/**
 * `schema.name`, or the name alone.
 */
label: string, 
/**
 * The columns of its primary key: `id`, `order_id, line_no`; empty if it has none.
 */
key: string, nColumns: number, };

/**
 * What a table shows when one comes close enough to read it.
 */
export type TableFace = { id: TableId, title: string, schema: string | null, color: Color | null, hasNote: boolean, rows: Array<RowFace>, };

/**
 * Fields of a table; those left out stay as they are, an empty text removes.
 */
export type TableFields = { name?: string, schema?: string, alias?: string, note?: string, 
/**
 * `#rrggbb`.
 */
color?: string, };

/**
 * Names a table for as long as it lives.
 */
export type TableId = string;

/**
 *The fields of a [`TableHead`] that a change sets.
 */
export type TablePatch = { name?: string, schema?: string | null, alias?: string | null, note?: string | null, headerColor?: Color | null, group?: GroupId | null, position?: Point | null, primaryKey?: PrimaryKey | null, records?: Array<Records> | null, options?: Array<Extra>, extras?: Array<Extra>, };

/**
 * Which tables a list shows.
 */
export type TableQuery = { 
/**
 * Words that must all occur in the table's name, schema, alias or columns.
 */
text?: string, group?: GroupId, };

/**
 * A table in a list, by schema and name.
 */
export type TableRow = { id: TableId, 
/**
 * `schema.name`, or the name alone.
 */
label: string, schema?: string, name: string, nColumns: number, nRefs: number, color?: Color, group?: string, 
/**
 * Names of columns that the query's text matched, where the table's own name did not.
 */
matchedColumns: Array<string>, };

/**
 * One page of a list of tables.
 */
export type TableRows = { 
/**
 * How many there are on all pages.
 */
total: number, rows: Array<TableRow>, };

/**
 * A table as the right panel shows it.
 */
export type TableView = { id: TableId, 
/**
 * `schema.name`, or the name alone.
 */
label: string, schema: string | null, name: string, alias: string | null, note: string | null, color: Color | null, group: GroupId | null, columns: Array<ColumnView>, 
/**
 * The columns of the primary key in its order.
 */
primary: Array<ColumnId>, indexes: Array<IndexView>, checks: Array<CheckView>, 
/**
 * Refs whose foreign key this table holds, many-to-many ones too.
 */
foreignKeys: Array<RefRow>, 
/**
 * Refs of other tables that point here.
 */
referencedBy: Array<RefRow>, };

/**
 * Which view models are stale. A table is touched when it, what it holds, or a ref of it changed.
 */
export type Touched = { tables: Array<TableId>, refs: Array<RefId>, enums: boolean, groups: boolean, notes: boolean, settings: boolean, 
/**
 * What is dismissed of the suggestions changed.
 */
suggestions: boolean, 
/**
 * Nothing but places changed: lists and panels need not ask again.
 */
moved: boolean, 
/**
 * Everything may have changed.
 */
all: boolean, };

/**
 * Whether an index lets two rows agree, and how that was said.
 */
export type Uniqueness = "none" | "index" | "constraint";

/**
 * A named part of the diagram to look at, with places of its own. What any of its four lists
 * names is in it.
 */
export type View = { id: ViewId, name: string, tables: Shown<TableId>, notes: Shown<NoteId>, groups: Shown<GroupId>, schemas: Shown<string>, extras: Array<Extra>, 
/**
 * Where things stand in it, set one by one.
 */
places: Places, };

/**
 * A table that a view does not show.
 */
export type ViewChoice = { id: TableId, label: string, 
/**
 * Whether a ref joins it to one that the view shows.
 */
isRelated: boolean, };

/**
 * What a view could show, too.
 */
export type ViewChoices = { choices: Array<ViewChoice>, 
/**
 * All tables that refs join to those that it shows, whatever their names.
 */
related: Array<TableId>, };

/**
 * Fields of a view; those left out stay as they are.
 */
export type ViewFields = { name?: string, };

/**
 * Names a view of the diagram.
 */
export type ViewId = string;

/**
 *The fields of a [`View`] that a change sets.
 */
export type ViewPatch = { name?: string, tables?: Shown<TableId>, notes?: Shown<NoteId>, groups?: Shown<GroupId>, schemas?: Shown<string>, extras?: Array<Extra>, };

/**
 * A view of the diagram.
 */
export type ViewView = { id: ViewId, name: string, 
/**
 * How many tables it shows.
 */
nTables: number, };

/**
 * A table that a view shows.
 */
export type ViewedTable = { id: TableId, label: string, };

