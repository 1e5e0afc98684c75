import type { GroupFace, NoteFace } from '../../core/generated/model';
import { mixed, readableOn } from '../palette';
import { type Frame, hair, px, py } from './frame';
import { font } from './tables';

/** Paints the empty ground with its grid, the grounds of groups and the notes. */
export function paintGround(frame: Frame, view: { width: number; height: number }): void {
  const { ctx, palette } = frame;
  ctx.fillStyle = palette.ground;
  ctx.fillRect(0, 0, view.width, view.height);
  paintGrid(frame, view);
  for (const group of frame.scene.groups) paintGroup(frame, group);
  for (const note of frame.scene.notes) paintNote(frame, note);
}

/** Dots at a step that stays comfortable at any zoom. */
function paintGrid(frame: Frame, view: { width: number; height: number }): void {
  const { ctx, palette, scale, ratio, camera } = frame;
  if (camera.zoom < 0.08) return;
  let step = 20;
  while (step * camera.zoom < 18) step *= 2;
  const size = hair(frame);
  ctx.fillStyle = palette.grid;
  const gap = step * scale;
  const firstX = Math.ceil(frame.offsetX / gap);
  const firstY = Math.ceil(frame.offsetY / gap);
  const dot = Math.max(size, Math.round(1.2 * ratio));
  for (let i = firstX; i * gap - frame.offsetX < view.width; i++) {
    const x = Math.round(i * gap) - frame.offsetX;
    for (let j = firstY; j * gap - frame.offsetY < view.height; j++) {
      ctx.fillRect(x, Math.round(j * gap) - frame.offsetY, dot, dot);
    }
  }
}

function paintGroup(frame: Frame, group: GroupFace): void {
  const { ctx, palette, scale, look, camera } = frame;
  const { x, y, w, h } = group.rect;
  const [left, top] = [px(frame, x), py(frame, y)];
  const [width, height] = [px(frame, x + w) - left, py(frame, y + h) - top];
  const color = group.color ?? palette.group;
  ctx.beginPath();
  ctx.roundRect(left + 0.5, top + 0.5, width, height, 10 * scale);
  ctx.globalAlpha = palette.isDark ? 0.16 : 0.1;
  ctx.fillStyle = color;
  ctx.fill();
  ctx.globalAlpha = palette.isDark ? 0.5 : 0.4;
  ctx.strokeStyle = color;
  ctx.lineWidth = hair(frame);
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.fillStyle = mixed(color, palette.isDark ? '#ffffff' : '#10151d', palette.isDark ? 0.6 : 0.7);
  if (camera.zoom > 0.3) {
    ctx.font = font(frame, 600, look.labelSize);
    ctx.fillText(group.name, left + 12 * scale, top + 15 * scale);
  } else {
    const size = Math.min(13 * frame.ratio, width / (group.name.length * 0.6));
    if (size < 8 * frame.ratio) return;
    ctx.font = `600 ${size.toFixed(1)}px ${look.fontFamily}`;
    ctx.fillText(group.name, left + 4 * frame.ratio, top - size * 0.7);
  }
}

function paintNote(frame: Frame, note: NoteFace): void {
  const { ctx, palette, scale, look, camera } = frame;
  const { x, y, w, h } = note.rect;
  const [left, top] = [px(frame, x), py(frame, y)];
  const [width, height] = [px(frame, x + w) - left, py(frame, y + h) - top];
  const line = hair(frame);
  const fill =
    note.color === null
      ? palette.note
      : palette.isDark
        ? mixed(note.color, '#1b212a', 0.45)
        : mixed(note.color, '#ffffff', 0.55);
  ctx.fillStyle = palette.shadow;
  ctx.beginPath();
  ctx.roundRect(left - line, top + line, width + 2 * line, height + 2 * line, 4 * scale);
  ctx.fill();
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 4 * scale);
  ctx.fill();
  if (camera.zoom < 0.3) return;
  ctx.save();
  ctx.clip();
  ctx.fillStyle = note.color === null || palette.isDark ? palette.noteText : readableOn('#ffffff');
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  ctx.font = font(frame, 400, look.labelSize);
  const lines = wrapped(ctx, note.text, width - 20 * scale);
  lines.forEach((text, i) => {
    ctx.fillText(text, left + 10 * scale, top + (10 + 17 * i) * scale);
  });
  ctx.restore();
}

function wrapped(ctx: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && ctx.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else {
        line = longer;
      }
      if (lines.length > 40) return lines;
    }
    lines.push(line);
  }
  return lines;
}
