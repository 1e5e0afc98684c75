import { type Palette, css } from '../palette';
import { type LineShape, MARK_TEXTS } from '../scene';
import { type Frame, px, py } from './frame';
import { font } from './tables';

/** How far notations reach from the ends of their lines. */
const MARGIN = 30;

/** Paints lines with the notations at their ends. */
export function paintLines(frame: Frame, lines: Iterable<LineShape>): void {
  const { ctx, palette } = frame;
  ctx.lineJoin = 'round';
  for (const [first, ...others] of byInk(palette, lines)) {
    const color = lineColor(palette, first);
    ctx.strokeStyle = color;
    ctx.fillStyle = color;
    ctx.lineWidth = width(frame, first);
    ctx.setLineDash(dashes(frame, first));
    ctx.beginPath();
    tracePath(frame, first);
    for (const line of others) tracePath(frame, line);
    ctx.stroke();
    ctx.setLineDash([]);
    paintMarks(frame, first, color);
    for (const line of others) paintMarks(frame, line, color);
  }
}

/** One line in a colour of its own: hovered or selected. */
export function paintLitLine(frame: Frame, line: LineShape, color: string, boldness: number): void {
  const { ctx } = frame;
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineJoin = 'round';
  ctx.lineWidth = Math.round(width(frame, line) * boldness);
  ctx.setLineDash(dashes(frame, line));
  ctx.beginPath();
  tracePath(frame, line);
  ctx.stroke();
  ctx.setLineDash([]);
  if (frame.detail !== 'blocks') paintMarks(frame, line, color);
}

/** More proposed lines than this stand back, lest nothing else be seen. */
const MANY_PROPOSED = 40;

/** Lines that are proposed and not there yet. */
export function paintProposedLines(
  frame: Frame,
  lines: readonly LineShape[],
  color: string,
  boldness: number,
): void {
  const [first] = lines;
  if (first === undefined) return;
  const { ctx, ratio } = frame;
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineJoin = 'round';
  ctx.lineWidth = Math.max(1, Math.round(width(frame, first) * boldness));
  ctx.globalAlpha = lines.length > MANY_PROPOSED ? 0.5 : 1;
  ctx.setLineDash([6 * ratio, 4 * ratio]);
  // At once, as what is half transparent would add up where lines run together.
  ctx.beginPath();
  for (const line of lines) tracePath(frame, line);
  ctx.stroke();
  ctx.setLineDash([]);
  if (frame.detail !== 'blocks') for (const line of lines) paintMarks(frame, line, color);
  ctx.globalAlpha = 1;
}

/** The colour of a line as CSS has it. */
export function lineColor(palette: Palette, line: LineShape): string {
  const color = palette.isDark ? line.dark : line.light;
  return color < 0 ? palette.line : css(color);
}

function width(frame: Frame, line: LineShape): number {
  const zoom = Math.min(1.6, Math.max(0.8, frame.camera.zoom));
  return Math.max(1, Math.round((line.isBold ? 2 : 1.25) * frame.ratio * zoom));
}

function dashes(frame: Frame, line: LineShape): number[] {
  const unit = Math.max(2 / 3, Math.min(frame.scale, frame.ratio * 1.5));
  return (frame.look.patterns[line.pattern] ?? []).map((length) => length * unit);
}

/** The lines that are inked alike, together. */
function byInk(
  palette: Palette,
  lines: Iterable<LineShape>,
): Iterable<[LineShape, ...LineShape[]]> {
  const alike = new Map<number, [LineShape, ...LineShape[]]>();
  for (const line of lines) {
    const color = palette.isDark ? line.dark : line.light;
    const key = 16 * (color + 1) + 2 * line.pattern + (line.isBold ? 1 : 0);
    const same = alike.get(key);
    if (same === undefined) alike.set(key, [line]);
    else same.push(line);
  }
  return alike.values();
}

/** Adds what can be seen of a line to the path: on whole pixels, with round bends. */
function tracePath(frame: Frame, line: LineShape): void {
  const { ctx, look, scale, shown } = frame;
  const { forks } = line;
  const points = hasMarks(frame) ? line.points : line.way;
  const half = (width(frame, line) % 2) / 2;
  const bend = look.bendRadius * scale;
  const [left, right] = [shown.x - MARGIN, shown.x + shown.w + MARGIN];
  const [top, bottom] = [shown.y - MARGIN, shown.y + shown.h + MARGIN];
  let [ax, ay] = [points[0] as number, points[1] as number];
  let [x0, y0] = [px(frame, ax) + half, py(frame, ay) + half];
  let before = 0;
  let isDown = false;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const [bx, by] = [points[i] as number, points[i + 1] as number];
    const [x1, y1] = [px(frame, bx) + half, py(frame, by) + half];
    const length = Math.abs(x1 - x0) + Math.abs(y1 - y0);
    const isSeen =
      Math.max(ax, bx) >= left &&
      Math.min(ax, bx) <= right &&
      Math.max(ay, by) >= top &&
      Math.min(ay, by) <= bottom;
    if (isDown) {
      // The bend between the piece before and this one.
      const radius = Math.min(bend, before / 2, length / 2);
      if (radius < 1) ctx.lineTo(x0, y0);
      else ctx.arcTo(x0, y0, x1, y1, radius);
    } else if (isSeen) {
      ctx.moveTo(x0, y0);
    }
    isDown = isSeen;
    if (isSeen && i + 3 >= points.length) ctx.lineTo(x1, y1);
    before = length;
    [ax, ay, x0, y0] = [bx, by, x1, y1];
  }
  for (let i = 0; i + 3 < forks.length; i += 4) {
    ctx.moveTo(px(frame, forks[i] as number) + half, py(frame, forks[i + 1] as number) + half);
    ctx.lineTo(px(frame, forks[i + 2] as number) + half, py(frame, forks[i + 3] as number) + half);
  }
}

/** Whether the notation at an end of a line may be seen. */
function isShown({ shown }: Frame, x: number, y: number): boolean {
  return (
    x >= shown.x - MARGIN &&
    x <= shown.x + shown.w + MARGIN &&
    y >= shown.y - MARGIN &&
    y <= shown.y + shown.h + MARGIN
  );
}

/** Whether notations are drawn: smaller ones could not be told apart. */
function hasMarks({ camera }: Frame): boolean {
  return camera.zoom >= 0.34;
}

function paintMarks(frame: Frame, line: LineShape, color: string): void {
  if (!hasMarks(frame)) return;
  const { points } = line;
  const n = points.length;
  if (
    !isShown(frame, points[0] as number, points[1] as number) &&
    !isShown(frame, points[n - 2] as number, points[n - 1] as number)
  ) {
    return;
  }
  const { ctx, palette, scale, look } = frame;
  const half = (width(frame, line) % 2) / 2;
  const x = (at: number) => at * scale - frame.offsetX + half;
  const y = (at: number) => at * scale - frame.offsetY + half;
  ctx.beginPath();
  for (const { kind, at } of line.marks) {
    if (kind !== 0) continue;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = at;
    ctx.moveTo(x(x0), y(y0));
    ctx.lineTo(x(x1), y(y1));
  }
  ctx.stroke();
  for (const { kind, at } of line.marks) {
    const [cx = 0, cy = 0, size = 0] = at;
    switch (kind) {
      case 0:
        break;
      case 1:
      case 2:
        ctx.beginPath();
        ctx.arc(x(cx), y(cy), size * scale, 0, Math.PI * 2);
        ctx.fillStyle = kind === 1 ? palette.ground : color;
        ctx.fill();
        ctx.stroke();
        break;
      case 3:
        ctx.beginPath();
        ctx.moveTo(x(cx) - size * scale, y(cy));
        ctx.lineTo(x(cx), y(cy) - size * scale);
        ctx.lineTo(x(cx) + size * scale, y(cy));
        ctx.lineTo(x(cx), y(cy) + size * scale);
        ctx.closePath();
        ctx.fillStyle = palette.ground;
        ctx.fill();
        ctx.stroke();
        break;
      case 4:
        ctx.font = font(frame, 600, look.labelSize);
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        ctx.fillStyle = color;
        ctx.fillText(MARK_TEXTS[size] ?? '', x(cx), y(cy));
        ctx.textAlign = 'left';
        break;
      case 5: {
        const [, , right = 0, bottom = 0] = at;
        ctx.fillStyle = palette.ground;
        ctx.fillRect(x(cx), y(cy), (right - cx) * scale, (bottom - cy) * scale);
        break;
      }
    }
  }
}
