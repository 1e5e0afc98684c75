import type { Extent, ScreenPoint } from './camera';
import type { Palette } from './palette';

/** The words beside the pointer. */
export class Tip {
  readonly #element: HTMLElement;

  constructor(parent: HTMLElement) {
    this.#element = document.createElement('div');
    this.#element.className = 'canvas-tip';
    Object.assign(this.#element.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      display: 'none',
      maxWidth: '360px',
      padding: '4px 8px',
      borderRadius: '5px',
      fontSize: '12px',
      lineHeight: '1.35',
      pointerEvents: 'none',
    });
    parent.append(this.#element);
  }

  hide(): void {
    this.#element.style.display = 'none';
  }

  /** Shows words beside a place, in the colour of danger if they are bad news. */
  say(text: string, at: ScreenPoint, view: Extent, palette: Palette, isBad = false): void {
    const it = this.#element;
    // Names stand in backticks where a text is all there is; here they would only clutter.
    it.textContent = text.replaceAll('`', '');
    it.dataset['bad'] = String(isBad);
    it.style.display = 'block';
    it.style.background = isBad ? palette.danger : palette.headerText;
    it.style.color = isBad && !palette.isDark ? '#ffffff' : palette.ground;
    const x = Math.min(at.x + 14, view.width - it.offsetWidth - 8);
    const y = Math.min(at.y + 18, view.height - it.offsetHeight - 8);
    it.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}
