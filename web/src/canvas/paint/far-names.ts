import { type FarName, NAME_HEIGHT, NAME_SIZE } from '../far-names';
import type { Frame } from './frame';
import { deviceBox } from './tables';

/** How much of what lies under a name is hidden. */
const COVER = 0.86;

/** Names over their tables, on a ground of their own so that they can be read. */
export function paintFarNames(frame: Frame, names: readonly FarName[]): void {
  if (names.length === 0) return;
  const { ctx, palette, look, ratio } = frame;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  ctx.font = `600 ${(NAME_SIZE * ratio).toFixed(1)}px ${look.fontFamily}`;
  const high = Math.round(NAME_HEIGHT * ratio);
  const places = names.map(({ slot, text, aside }) => {
    const { left, top, width, height } = deviceBox(frame, slot);
    const wide = Math.ceil(ctx.measureText(text).width) + Math.round(8 * ratio);
    const x = left + (width - wide) / 2 + aside * ratio;
    return { x, y: top + (height - high) / 2, wide };
  });
  ctx.fillStyle = palette.table;
  ctx.globalAlpha = COVER;
  for (const { x, y, wide } of places) {
    ctx.beginPath();
    ctx.roundRect(x, y, wide, high, 3 * ratio);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.text;
  names.forEach(({ text }, i) => {
    const place = places[i];
    if (place !== undefined) {
      ctx.fillText(text, place.x + place.wide / 2, place.y + high / 2 + 0.5 * ratio);
    }
  });
  ctx.textAlign = 'left';
}
