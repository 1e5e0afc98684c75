import type { ColumnId, HitFace, NoteId, RefSeed, TableId } from '../../core/generated/model';
import type { Camera, Rect, ScreenPoint, WorldPoint } from '../camera';
import type { Selection } from '../selection';

/** Where a pointer is, and what is held with it. */
export interface PointerAt {
  readonly screen: ScreenPoint;
  readonly world: WorldPoint;
  /** Shift: adds to the selection, or draws a frame around things. */
  readonly isAdding: boolean;
  /** The ground is taken hold of wherever it is: middle button or space. */
  readonly isPanning: boolean;
  /** A finger: it is broad, and does not hover. */
  readonly isTouch: boolean;
}

/** What the pointer is doing. Each event gives the state that follows. */
export interface PointerState {
  readonly cursor: string;
  moved(at: PointerAt): PointerState;
  released(at: PointerAt): PointerState;
  /** Leaves no trace. */
  cancelled(): PointerState;
}

/** A ref that is being dragged out of a column. */
export interface RefDraft {
  readonly fromTable: TableId;
  readonly fromColumn: ColumnId;
  readonly side: 'left' | 'right';
  /** The pointer. */
  readonly at: WorldPoint;
  /** The table and column under the pointer. */
  readonly toTable: TableId | null;
  readonly toColumn: ColumnId | null;
}

/** What pointer states may do. */
export interface Stage {
  readonly camera: Camera;
  readonly selection: Selection;
  hit(at: PointerAt): HitFace | null;
  /** Whether rows and their handles are big enough to be meant. */
  readonly hasRows: boolean;
  pan(dx: number, dy: number): void;
  setCamera(camera: Camera): void;
  hover(hit: HitFace | null, at: PointerAt): void;
  select(selection: Selection): void;
  /** Shows the selected tables and notes moved by so much. */
  preview(dx: number, dy: number): void;
  dropPreview(): void;
  /** Moves the selected tables and notes for good. */
  place(dx: number, dy: number): void;
  /** A finger has rested on something and has hold of it now. */
  tookHold(): void;
  drawMarquee(rect: Rect | null): void;
  /** Tables, refs and notes that a frame touches. */
  within(rect: Rect): Selection;
  draftRef(draft: RefDraft | null): void;
  newRef(seed: RefSeed): void;
  groupTables(id: string): readonly TableId[];
  noteIds(): readonly NoteId[];
}
