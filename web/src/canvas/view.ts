import type { ColumnId, NoteId, RefId, RefSeed, TableId } from '../core/generated/model';
import type { Editor } from '../core/editor';

export type Theme = 'light' | 'dark';

/** What is selected on the canvas. */
export interface CanvasSelection {
  readonly tables: readonly TableId[];
  readonly refs: readonly RefId[];
  readonly notes: readonly NoteId[];
}

/** What the canvas asks of the page around it. */
export interface CanvasCallbacks {
  /** The selection changed, by pointer or key (not by `setSelection`). */
  onSelect?(selection: CanvasSelection): void;
  /** Double-click or Enter on a table. */
  onOpenTable?(id: TableId): void;
  /** Double-click or Enter on a line. */
  onOpenRef?(id: RefId): void;
  /** Double-click on a note. */
  onOpenNote?(id: NoteId): void;
  /** A column was dragged onto a column, or onto a table (then without a to column). */
  onNewRef?(seed: RefSeed): void;
  /** The pointer rests on a line, a column, or nothing any more. */
  onHover?(hover: { readonly ref?: RefId; readonly table?: TableId; readonly column?: ColumnId }): void;
  /** Delete or Backspace removed something; say so and offer undo. */
  onDeleted?(description: string): void;
  /** A command of the canvas was refused. */
  onRefused?(message: string): void;
  /** Zoom 1 is 100%. */
  onZoom?(zoom: number): void;
}

/** The drawing: mounts its canvases into `container` and follows the editor until `destroy`. */
export declare class CanvasView {
  constructor(container: HTMLElement, editor: Editor, callbacks?: CanvasCallbacks);
  destroy(): void;

  readonly zoom: number;
  fit(): void;
  fitSelection(): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Zoom 1 is 100%; the middle of the view stays. */
  zoomTo(zoom: number): void;
  /** Brings it into view with a short animation and selects it. */
  focusTable(id: TableId): void;
  focusRef(id: RefId): void;
  /** Lights a line and both its columns while a list hovers it. */
  highlightRef(id: RefId | null): void;

  readonly selection: CanvasSelection;
  setSelection(selection: Partial<CanvasSelection>): void;
  selectAll(): void;
  /** Deletes what is selected, as the Delete key does. */
  deleteSelection(): void;
  /** Colours are read from the CSS tokens again. */
  setTheme(theme: Theme): void;
  setMinimap(isShown: boolean): void;
  /** Gives the drawing the keyboard. */
  focus(): void;
}
