import type { Colors, Look } from '../core/generated/model';

/** The colours of a theme as the painters want them. */
export interface Palette extends Colors {
  /** Selection, hover and gestures. */
  readonly accent: string;
  readonly accentSoft: string;
  /** Something that does not fit. */
  readonly danger: string;
  readonly grid: string;
  readonly shadow: string;
  readonly isDark: boolean;
}

/** The theme's colours: those that canvas and SVG share, and the app's accents from its tokens. */
export function palette(look: Look, isDark: boolean, style: CSSStyleDeclaration): Palette {
  const token = (name: string, otherwise: string) =>
    style.getPropertyValue(name).trim() || otherwise;
  const colors = isDark ? look.dark : look.light;
  const accent = token('--canvas-accent', isDark ? '#7c9bff' : '#3f5fe0');
  return {
    ...colors,
    accent,
    accentSoft: mixed(accent, colors.table, isDark ? 0.22 : 0.13),
    danger: token('--canvas-danger', isDark ? '#ff8088' : '#c9303e'),
    grid: mixed(colors.outline, colors.ground, isDark ? 0.42 : 0.62),
    shadow: isDark ? 'rgba(0, 0, 0, 0.35)' : 'rgba(23, 32, 51, 0.07)',
    isDark,
  };
}

/** 0xrrggbb as CSS has it. */
export function css(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/** `share` of one colour in another one, both `#rrggbb`. */
export function mixed(color: string, into: string, share: number): string {
  const [a, b] = [channels(color), channels(into)];
  if (a === undefined || b === undefined) return color;
  const mix = a.map((it, i) => Math.round(it * share + (b[i] ?? 0) * (1 - share)));
  return `rgb(${mix.join(', ')})`;
}

/** The text colour that can be read on a ground: dark on light, light on dark. */
export function readableOn(ground: string): string {
  const [r = 0, g = 0, b = 0] = channels(ground) ?? [];
  const luminance = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
  return luminance > 0.58 ? '#1b2430' : '#ffffff';
}

function channels(color: string): number[] | undefined {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined) return undefined;
  const n = Number.parseInt(digits, 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}
