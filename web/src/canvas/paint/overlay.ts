import type { ColumnId } from '../../core/generated/model';
import type { Rect } from '../camera';
import type { RefDraft } from '../pointer/state';
import type { LineShape } from '../scene';
import { type Frame, hair, px, py } from './frame';
import { paintLitLine, paintProposedLines } from './lines';
import { deviceBox, rowSpan } from './tables';

/** What is drawn above the scene. */
export interface Overlay {
  /** Lines that are lit, and how: a selected one is bolder than a hovered one. */
  readonly lit: readonly { readonly line: LineShape; readonly isSelected: boolean }[];
  /** Rows that are lit, by the slot of their table. */
  readonly rows: readonly { readonly table: number; readonly column: ColumnId }[];
  readonly selectedTables: readonly number[];
  readonly hoveredTable: number | null;
  readonly selectedNotes: readonly Rect[];
  /** The row whose handles are shown. */
  readonly handles: { readonly table: number; readonly column: ColumnId } | null;
  readonly marquee: Rect | null;
  /** Lines that are proposed, and which of them is lit. */
  readonly proposed: { readonly lines: readonly LineShape[]; readonly lit: LineShape | undefined };
  readonly draft: RefDraft | null;
  /** The line that dropping it here would make; null where none can be told. */
  readonly draftLine: LineShape | null;
  /** While a ref is drawn: how each row of the tables in view would do, row by row. */
  readonly fits: { readonly slots: Uint32Array; readonly levels: Uint8Array } | null;
}

/** Paints what is hovered, selected and under way. */
export function paintOverlay(frame: Frame, overlay: Overlay): void {
  if (overlay.draft !== null && overlay.fits !== null) paintFits(frame, overlay.fits);
  const { lines, lit } = overlay.proposed;
  const { accent } = frame.palette;
  const unlit = lines.filter((line) => line !== lit);
  paintProposedLines(frame, unlit, accent, 1);
  if (lit !== undefined) paintProposedLines(frame, [lit], accent, 2);
  for (const it of overlay.rows) paintRow(frame, it.table, it.column);
  for (const { line, isSelected } of overlay.lit) {
    paintLitLine(frame, line, frame.palette.accent, isSelected ? 2 : 1.7);
  }
  if (overlay.hoveredTable !== null) paintOutline(frame, overlay.hoveredTable, false);
  for (const slot of overlay.selectedTables) paintOutline(frame, slot, true);
  for (const rect of overlay.selectedNotes) paintFrame(frame, rect);
  if (overlay.handles !== null) paintHandles(frame, overlay.handles);
  if (overlay.draft !== null) paintDraft(frame, overlay.draft, overlay.draftLine);
  if (overlay.marquee !== null) paintMarquee(frame, overlay.marquee);
}

function rowOf(frame: Frame, slot: number, column: ColumnId): number {
  return frame.scene.face(slot)?.rows.findIndex((it) => it.column === column) ?? -1;
}

function paintRow(frame: Frame, slot: number, column: ColumnId): void {
  const row = rowOf(frame, slot, column);
  if (row < 0) return;
  const { ctx, palette } = frame;
  const { left, width } = deviceBox(frame, slot);
  const [top, bottom] = rowSpan(frame, slot, row);
  const line = hair(frame);
  ctx.fillStyle = palette.accent;
  ctx.globalAlpha = palette.isDark ? 0.24 : 0.13;
  ctx.fillRect(left + line, top, width - 2 * line, Math.max(2, bottom - top));
  ctx.globalAlpha = 1;
  const bar = Math.max(2, Math.round(2.5 * frame.ratio));
  ctx.fillRect(left, top, bar, Math.max(2, bottom - top));
}

function paintOutline(frame: Frame, slot: number, isSelected: boolean): void {
  const { ctx, palette, look, scale, ratio } = frame;
  const { left, top, width, height } = deviceBox(frame, slot);
  const line = Math.max(1, Math.round((isSelected ? 2 : 1) * ratio));
  const radius = frame.detail === 'full' ? look.cornerRadius * scale : 1;
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = line;
  if (isSelected) {
    ctx.globalAlpha = 0.2;
    ctx.lineWidth = line * 3;
    ctx.beginPath();
    ctx.roundRect(left - line, top - line, width + 2 * line, height + 2 * line, radius + line);
    ctx.stroke();
    ctx.lineWidth = line;
  }
  ctx.globalAlpha = isSelected ? 1 : 0.55;
  ctx.beginPath();
  ctx.roundRect(left + line / 2, top + line / 2, width - line, height - line, radius);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function paintFrame(frame: Frame, rect: Rect): void {
  const { ctx, palette, scale, ratio } = frame;
  const [left, top] = [px(frame, rect.x), py(frame, rect.y)];
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  ctx.roundRect(left, top, rect.w * scale, rect.h * scale, 4 * scale);
  ctx.stroke();
}

function paintHandles(frame: Frame, at: { table: number; column: ColumnId }): void {
  const row = rowOf(frame, at.table, at.column);
  if (row < 0) return;
  const { ctx, palette, scale, ratio } = frame;
  const { left, width } = deviceBox(frame, at.table);
  const [top, bottom] = rowSpan(frame, at.table, row);
  const y = (top + bottom) / 2;
  const radius = Math.max(3.5 * ratio, 4.5 * scale);
  for (const x of [left, left + width]) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, Math.PI * 2);
    ctx.fillStyle = palette.table;
    ctx.fill();
    ctx.lineWidth = Math.max(1.5 * ratio, 1.5 * scale);
    ctx.strokeStyle = palette.accent;
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, y, radius * 0.38, 0, Math.PI * 2);
    ctx.fillStyle = palette.accent;
    ctx.fill();
  }
}

/** Dims what cannot be the other end and lights what can. */
function paintFits(
  frame: Frame,
  fits: { readonly slots: Uint32Array; readonly levels: Uint8Array },
): void {
  const { ctx, palette, scene } = frame;
  const line = hair(frame);
  let at = 0;
  for (const slot of fits.slots) {
    const { left, width } = deviceBox(frame, slot);
    const n = scene.nRows(slot);
    for (let row = 0; row < n; row++) {
      const level = fits.levels[at++];
      const [top, bottom] = rowSpan(frame, slot, row);
      if (level === 2) {
        ctx.fillStyle = palette.table;
        ctx.globalAlpha = 0.68;
        ctx.fillRect(left + line, top, width - 2 * line, bottom - top - line);
      } else if (level === 0) {
        ctx.fillStyle = palette.accent;
        ctx.globalAlpha = palette.isDark ? 0.2 : 0.1;
        ctx.fillRect(left + line, top, width - 2 * line, bottom - top);
      }
    }
  }
  ctx.globalAlpha = 1;
}

function paintDraft(frame: Frame, draft: RefDraft, line: LineShape | null): void {
  const { ctx, palette, scene, ratio, scale } = frame;
  const slot = scene.tableSlot(draft.fromTable);
  if (slot === undefined) return;
  const row = rowOf(frame, slot, draft.fromColumn);
  if (row < 0) return;
  paintRow(frame, slot, draft.fromColumn);
  const { left, width } = deviceBox(frame, slot);
  const [top, bottom] = rowSpan(frame, slot, row);
  const [x0, y0] = [draft.side === 'left' ? left : left + width, (top + bottom) / 2];
  const [x1, y1] = [px(frame, draft.at.x), py(frame, draft.at.y)];

  const target = draft.toTable === null ? undefined : scene.tableSlot(draft.toTable);
  if (target !== undefined) {
    if (draft.toColumn === null) paintOutline(frame, target, true);
    else paintRow(frame, target, draft.toColumn);
  }
  // Over a column it is drawn as it would be: with its notation, from child to parent.
  if (line !== null && frame.detail === 'full') {
    paintLitLine(frame, line, palette.accent, 1.8);
    return;
  }
  const out = draft.side === 'left' ? -1 : 1;
  const bend = Math.max(30 * scale, Math.abs(x1 - x0) / 2);
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.bezierCurveTo(x0 + out * bend, y0, x1 - Math.sign(x1 - x0 || out) * bend * 0.5, y1, x1, y1);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = palette.accent;
  for (const [x, y] of [
    [x0, y0],
    [x1, y1],
  ] as const) {
    ctx.beginPath();
    ctx.arc(x, y, 4 * ratio, 0, Math.PI * 2);
    ctx.fill();
  }
}

function paintMarquee(frame: Frame, rect: Rect): void {
  const { ctx, palette, scale } = frame;
  const line = hair(frame);
  const [left, top] = [px(frame, rect.x) + line / 2, py(frame, rect.y) + line / 2];
  ctx.fillStyle = palette.accent;
  ctx.globalAlpha = 0.1;
  ctx.fillRect(left, top, rect.w * scale, rect.h * scale);
  ctx.globalAlpha = 0.9;
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = line;
  ctx.strokeRect(left, top, Math.round(rect.w * scale), Math.round(rect.h * scale));
  ctx.globalAlpha = 1;
}
