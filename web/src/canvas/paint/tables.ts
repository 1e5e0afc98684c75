import type { TableFace } from '../../core/generated/model';
import { css, mixed, readableOn } from '../palette';
import { type Frame, hair, px, py } from './frame';
import { fitName } from './names';
import { insideSize } from '../far-names';

const PRIMARY = 1;
const FOREIGN = 2;
const UNIQUE = 4;
const NOT_NULL = 8;

/** Paints the tables in those slots with as much of them as the zoom lets one read. */
export function paintTables(frame: Frame, slots: ArrayLike<number>): void {
  switch (frame.detail) {
    case 'full':
      paintFull(frame, slots);
      break;
    case 'names':
      paintBlocks(frame, slots);
      paintNames(frame, slots);
      break;
    case 'blocks':
      paintBlocks(frame, slots);
      break;
  }
}

/** Where a table is, in device pixels. */
export function deviceBox(frame: Frame, slot: number) {
  const { x, y, w, h } = frame.scene.rect(slot);
  const left = px(frame, x);
  const top = py(frame, y);
  return { left, top, width: px(frame, x + w) - left, height: py(frame, y + h) - top };
}

/** The top and bottom of a row, in device pixels. */
export function rowSpan(frame: Frame, slot: number, row: number): [number, number] {
  const { y } = frame.scene.rect(slot);
  const { headerHeight, rowHeight } = frame.look;
  const top = y + headerHeight + rowHeight * row;
  return [py(frame, top), py(frame, top + rowHeight)];
}

export function headerFill(frame: Frame, color: number): string {
  if (color < 0) return frame.palette.header;
  // A strong colour glares on the dark ground.
  return frame.palette.isDark ? mixed(css(color), '#1b212a', 0.72) : css(color);
}

function paintFull(frame: Frame, slots: ArrayLike<number>): void {
  const faces = frame.scene.faces(slots);
  for (let i = 0; i < slots.length; i++) {
    const face = faces[i];
    if (face !== undefined) paintTable(frame, slots[i] as number, face);
  }
}

function paintTable(frame: Frame, slot: number, face: TableFace): void {
  const { ctx, look, palette, scale } = frame;
  const { left, top, width, height } = deviceBox(frame, slot);
  const line = hair(frame);
  const radius = look.cornerRadius * scale;
  const [headerBottom] = rowSpan(frame, slot, 0);
  const color = frame.scene.headerColor(slot);
  const header = headerFill(frame, color);

  // A soft shadow that costs no blur.
  ctx.fillStyle = palette.shadow;
  ctx.beginPath();
  ctx.roundRect(left - line, top + line, width + 2 * line, height + 2 * line, radius + line);
  ctx.fill();

  ctx.fillStyle = palette.table;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, radius);
  ctx.fill();
  ctx.fillStyle = header;
  ctx.beginPath();
  const isBare = face.rows.length === 0;
  ctx.roundRect(left, top, width, headerBottom - top, isBare ? radius : [radius, radius, 0, 0]);
  ctx.fill();

  ctx.fillStyle = palette.divider;
  for (let row = 1; row < face.rows.length; row++) {
    ctx.fillRect(left, rowSpan(frame, slot, row)[0], width, line);
  }

  ctx.strokeStyle = palette.outline;
  ctx.lineWidth = line;
  ctx.beginPath();
  const half = line / 2;
  ctx.roundRect(left + half, top + half, width - line, height - line, radius - half);
  ctx.stroke();
  ctx.fillStyle = color < 0 ? palette.outline : header;
  if (!isBare) ctx.fillRect(left + line, headerBottom - line, width - 2 * line, line);

  paintTitle(frame, face, header, color, left, (top + headerBottom) / 2, width);
  paintRows(frame, slot, face, left, width);
}

function paintTitle(
  frame: Frame,
  face: TableFace,
  header: string,
  color: number,
  left: number,
  middle: number,
  width: number,
): void {
  const { ctx, look, palette, scale } = frame;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  let x = left + look.padding * scale;
  const strong = color < 0 ? palette.headerText : readableOn(solid(header));
  const nudge = 0.5 * scale;
  if (face.schema !== null) {
    ctx.font = font(frame, 400, look.typeSize);
    ctx.fillStyle = color < 0 ? palette.headerMuted : strong;
    ctx.globalAlpha = color < 0 ? 1 : 0.75;
    ctx.fillText(face.schema, x, middle + nudge);
    ctx.globalAlpha = 1;
    x += ctx.measureText(face.schema).width + 6 * scale;
  }
  ctx.font = font(frame, 600, look.titleSize);
  ctx.fillStyle = strong;
  ctx.fillText(face.title, x, middle + nudge);
  if (face.hasNote) {
    const size = 5 * scale;
    ctx.globalAlpha = 0.7;
    paintCorner(ctx, left + width - look.padding * scale, middle, size);
    ctx.globalAlpha = 1;
  }
}

/** A speech mark: something is noted here. */
function paintCorner(ctx: CanvasRenderingContext2D, right: number, middle: number, size: number) {
  ctx.beginPath();
  ctx.roundRect(right - 2 * size, middle - size, 2 * size, 1.5 * size, size * 0.4);
  ctx.moveTo(right - 1.5 * size, middle + size * 0.4);
  ctx.lineTo(right - 1.5 * size, middle + size * 1.1);
  ctx.lineTo(right - 0.8 * size, middle + size * 0.4);
  ctx.fill();
}

function paintRows(frame: Frame, slot: number, face: TableFace, left: number, width: number): void {
  const { ctx, look, palette, scale } = frame;
  const nameX = left + (look.padding + look.iconWidth) * scale;
  const typeX = left + width - (look.padding + look.nullWidth) * scale;
  const middles = face.rows.map((_, row) => {
    const [top, bottom] = rowSpan(frame, slot, row);
    return (top + bottom) / 2 + 0.5 * scale;
  });

  // Text is set font by font, since changing the font is what costs.
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = palette.text;
  for (const weight of [400, 600] as const) {
    ctx.font = font(frame, weight, look.nameSize);
    face.rows.forEach((row, i) => {
      if (((row.flags & PRIMARY) !== 0) === (weight === 600)) {
        ctx.fillText(row.name, nameX, middles[i] as number);
      }
    });
  }
  ctx.font = font(frame, 400, look.typeSize);
  ctx.textAlign = 'right';
  ctx.fillStyle = palette.muted;
  face.rows.forEach((row, i) => {
    ctx.fillText(row.type, typeX, middles[i] as number);
  });
  ctx.textAlign = 'left';

  face.rows.forEach((row, i) => {
    const y = (middles[i] as number) - 0.5 * scale;
    paintIcon(frame, row.flags, left + (look.padding + 5) * scale, y);
    if ((row.flags & NOT_NULL) === 0) {
      paintNull(frame, left + width - (look.padding + 1.5) * scale, y);
    }
  });
}

/** What marks a row at its left: a key, a link, or a star of uniqueness. */
function paintIcon(frame: Frame, flags: number, x: number, y: number): void {
  const { ctx, palette, scale } = frame;
  const s = scale;
  ctx.lineWidth = Math.max(1, 1.4 * s);
  if ((flags & PRIMARY) !== 0) {
    ctx.strokeStyle = palette.primary;
    ctx.fillStyle = palette.primary;
    ctx.beginPath();
    ctx.arc(x - 2.4 * s, y, 2.6 * s, 0, Math.PI * 2);
    ctx.moveTo(x + 0.2 * s, y);
    ctx.lineTo(x + 6 * s, y);
    ctx.moveTo(x + 3.4 * s, y);
    ctx.lineTo(x + 3.4 * s, y + 2.6 * s);
    ctx.moveTo(x + 5.6 * s, y);
    ctx.lineTo(x + 5.6 * s, y + 2.2 * s);
    ctx.stroke();
    if ((flags & FOREIGN) !== 0) paintDot(frame, x - 2.4 * s, y, palette.foreign);
  } else if ((flags & FOREIGN) !== 0) {
    ctx.strokeStyle = palette.foreign;
    ctx.beginPath();
    ctx.roundRect(x - 5 * s, y - 1.9 * s, 6 * s, 3.8 * s, 1.9 * s);
    ctx.roundRect(x - 0.6 * s, y - 1.9 * s, 6 * s, 3.8 * s, 1.9 * s);
    ctx.stroke();
  } else if ((flags & UNIQUE) !== 0) {
    ctx.strokeStyle = palette.unique;
    ctx.beginPath();
    ctx.moveTo(x, y - 3.6 * s);
    ctx.lineTo(x + 3.6 * s, y);
    ctx.lineTo(x, y + 3.6 * s);
    ctx.lineTo(x - 3.6 * s, y);
    ctx.closePath();
    ctx.stroke();
  }
}

function paintDot(frame: Frame, x: number, y: number, color: string): void {
  const { ctx, scale } = frame;
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.arc(x, y, 1.3 * scale, 0, Math.PI * 2);
  ctx.fill();
}

/** An open circle: the column may be null. */
function paintNull(frame: Frame, x: number, y: number): void {
  const { ctx, palette, scale } = frame;
  ctx.strokeStyle = palette.muted;
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = Math.max(1, 1.1 * scale);
  ctx.beginPath();
  ctx.arc(x, y, 2.4 * scale, 0, Math.PI * 2);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Names alone, all of one size, in the middle of their tables. */
export function paintNames(frame: Frame, slots: ArrayLike<number>): void {
  const { ctx, palette, look, ratio, camera } = frame;
  const faces = frame.scene.faces(slots);
  const size = ratio * insideSize(camera.zoom);
  const gap = size * 1.2;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  ctx.fillStyle = palette.text;
  ctx.font = `600 ${size.toFixed(1)}px ${look.fontFamily}`;
  for (let i = 0; i < slots.length; i++) {
    const face = faces[i];
    if (face === undefined) continue;
    const slot = slots[i] as number;
    const { left, top, width, height } = deviceBox(frame, slot);
    const bodyTop = height > 3 * gap ? rowSpan(frame, slot, 0)[0] : top;
    const room = top + height - bodyTop;
    const lines = fitName(face.title, width - 4 * ratio, room, size);
    const first = bodyTop + room / 2 - ((lines.length - 1) * gap) / 2;
    lines.forEach((line, row) => {
      ctx.fillText(line, left + width / 2, first + row * gap);
    });
  }
  ctx.textAlign = 'left';
}

/** Blocks: bodies in one go, headers by colour. */
function paintBlocks(frame: Frame, slots: ArrayLike<number>): void {
  const { ctx, palette, scene } = frame;
  const line = hair(frame);
  const headers = new Map<number, number[]>();
  ctx.fillStyle = palette.outline;
  for (let i = 0; i < slots.length; i++) {
    const { left, top, width, height } = deviceBox(frame, slots[i] as number);
    ctx.fillRect(left, top, Math.max(1, width), Math.max(1, height));
  }
  ctx.fillStyle = palette.table;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    const { left, top, width, height } = deviceBox(frame, slot);
    if (width > 3 * line) {
      ctx.fillRect(left + line, top + line, width - 2 * line, height - 2 * line);
    }
    const color = scene.headerColor(slot);
    const same = headers.get(color);
    if (same === undefined) headers.set(color, [slot]);
    else same.push(slot);
  }
  for (const [color, of] of headers) {
    ctx.fillStyle = color < 0 ? palette.header : headerFill(frame, color);
    for (const slot of of) {
      const { left, top, width } = deviceBox(frame, slot);
      const bottom = rowSpan(frame, slot, 0)[0];
      const inset = width > 3 * line ? line : 0;
      ctx.fillRect(left + inset, top + inset, width - 2 * inset, Math.max(1, bottom - top - inset));
    }
  }
}

/** A CSS font at the frame's scale. */
export function font(frame: Frame, weight: 400 | 600, size: number): string {
  return `${weight} ${(size * frame.scale).toFixed(2)}px ${frame.look.fontFamily}`;
}

/** `rgb(...)` as `#rrggbb`. */
function solid(color: string): string {
  const rgb = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (rgb === null) return color;
  return css((Number(rgb[1]) << 16) | (Number(rgb[2]) << 8) | Number(rgb[3]));
}
