import type { Attachment } from 'svelte/attachments';

/** How long the pointer rests before a tip shows, in milliseconds. */
const REST = 350;
/** How long a tip stays once the pointer has left, so that one can move onto it. */
const LINGER = 120;

/** The one tip of the page: a floating text beside what it explains. */
class Tip {
  readonly #element: HTMLElement;
  #owner: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const element = document.createElement('div');
    element.id = 'crowfoot-tip';
    element.className = 'tip';
    element.role = 'tooltip';
    element.popover = 'manual';
    element.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    element.addEventListener('pointerleave', () => this.#later(LINGER, () => this.#hide()));
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#hide(), true);
    addEventListener('scroll', () => this.#hide(), true);
    document.body.append(element);
    this.#element = element;
  }

  showSoon(owner: HTMLElement, text: () => string): void {
    this.#later(this.#owner === null ? REST : 0, () => this.show(owner, text));
  }

  show(owner: HTMLElement, text: () => string): void {
    clearTimeout(this.#timer);
    // Names stand in backticks where a text is all there is; here they would only clutter.
    const words = text().replaceAll('`', '');
    if (words === '' || !owner.isConnected) return;
    this.#hide();
    this.#owner = owner;
    owner.setAttribute('aria-describedby', this.#element.id);
    this.#element.textContent = words;
    this.#element.showPopover();
    this.#place(owner);
  }

  leave(owner: HTMLElement): void {
    if (this.#owner === owner) this.#later(LINGER, () => this.#hide());
    else clearTimeout(this.#timer);
  }

  /** Hides at once what is shown of that element. */
  drop(owner: HTMLElement): void {
    if (this.#owner === owner) this.#hide();
  }

  #later(after: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, after);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#owner?.removeAttribute('aria-describedby');
    this.#owner = null;
    if (this.#element.matches(':popover-open')) this.#element.hidePopover();
  }

  #place(owner: HTMLElement): void {
    const box = owner.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height, style } = this.#element;
    const middle = box.left + box.width / 2 - width / 2;
    const isBelow = box.bottom + 6 + height < innerHeight;
    style.left = `${Math.max(8, Math.min(middle, innerWidth - width - 8))}px`;
    style.top = `${isBelow ? box.bottom + 6 : box.top - height - 6}px`;
  }
}

let shared: Tip | undefined;

/** Explains an element while the pointer rests on it or the keyboard is at it; Escape puts it away. */
export function tip(text: string | (() => string)): Attachment<HTMLElement> {
  const words = typeof text === 'string' ? () => text : text;
  return (element) => {
    shared ??= new Tip();
    const it = shared;
    const soon = () => it.showSoon(element, words);
    // A press gives the focus too, and needs no explanation.
    let isPressed = false;
    const press = () => (isPressed = true);
    const now = () => {
      if (!isPressed) it.show(element, words);
      isPressed = false;
    };
    const leave = () => it.leave(element);
    const drop = () => {
      isPressed = false;
      it.drop(element);
    };
    element.addEventListener('pointerenter', soon);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('pointerdown', press);
    element.addEventListener('focus', now);
    element.addEventListener('blur', drop);
    element.addEventListener('click', drop);
    return () => {
      drop();
      element.removeEventListener('pointerenter', soon);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('pointerdown', press);
      element.removeEventListener('focus', now);
      element.removeEventListener('blur', drop);
      element.removeEventListener('click', drop);
    };
  };
}
