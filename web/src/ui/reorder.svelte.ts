/** How near an edge of the scroller the pointer makes it scroll, and by how much a frame. */
const EDGE = 36;
const STEP = 9;

/**
 * A list whose items are dragged to another place by a handle. The items are the children of the
 * list that carry `data-item`, their id; where one would land is shown by whoever reads `line`.
 */
export class Reorder {
  /** The item that is being dragged. */
  dragged = $state<string | null>(null);
  /** Where it would land: at that distance from the top of the list, in pixels. */
  line = $state<number | null>(null);

  readonly #list: () => HTMLElement | undefined;
  /** Takes the item and the one that it now follows; null for the first place. */
  readonly #onmove: (id: string, after: string | null) => void;
  #after: string | null | undefined;
  #pointer: { readonly id: number; readonly handle: HTMLElement; y: number } | null = null;
  #frame = 0;

  constructor(
    list: () => HTMLElement | undefined,
    onmove: (id: string, after: string | null) => void,
  ) {
    this.#list = list;
    this.#onmove = onmove;
  }

  /** Takes hold of an item: for `onpointerdown` of its handle. */
  grab(id: string, event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.button !== 0 || this.#pointer !== null) return;
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    this.#pointer = { id: event.pointerId, handle, y: event.clientY };
    this.dragged = id;
    const move = (it: PointerEvent) => {
      if (this.#pointer === null) return;
      this.#pointer.y = it.clientY;
      this.#aim();
    };
    const done = (isDropped: boolean) => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', drop);
      handle.removeEventListener('pointercancel', cancel);
      removeEventListener('keydown', escape, true);
      cancelAnimationFrame(this.#frame);
      const after = this.#after;
      this.#pointer = null;
      this.#after = undefined;
      this.dragged = null;
      this.line = null;
      if (isDropped && after !== undefined) this.#onmove(id, after);
    };
    const drop = () => done(true);
    const cancel = () => done(false);
    const escape = (it: KeyboardEvent) => {
      if (it.key !== 'Escape') return;
      it.preventDefault();
      it.stopPropagation();
      done(false);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', drop);
    handle.addEventListener('pointercancel', cancel);
    addEventListener('keydown', escape, true);
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  /** Finds between which items the pointer is. */
  #aim(): void {
    const list = this.#list();
    if (!list || this.#pointer === null) return;
    const { y } = this.#pointer;
    const corner = list.getBoundingClientRect().top;
    let after: string | null = null;
    let line = 0;
    let before: string | null = null;
    for (const item of list.querySelectorAll<HTMLElement>(':scope > [data-item]')) {
      const box = item.getBoundingClientRect();
      const id = item.dataset['item'] ?? null;
      if (y < box.top + box.height / 2) break;
      after = id;
      line = box.bottom - corner;
    }
    for (const item of list.querySelectorAll<HTMLElement>(':scope > [data-item]')) {
      if (item.dataset['item'] === this.dragged) break;
      before = item.dataset['item'] ?? null;
    }
    const isHome = after === this.dragged || after === before;
    this.#after = isHome ? undefined : after;
    this.line = isHome ? null : line;
  }

  #scroll(): void {
    const scroller = scrollerOf(this.#list());
    if (scroller && this.#pointer !== null) {
      const { top, bottom } = scroller.getBoundingClientRect();
      const { y } = this.#pointer;
      const by = y < top + EDGE ? -STEP : y > bottom - EDGE ? STEP : 0;
      if (by !== 0) {
        scroller.scrollTop += by;
        this.#aim();
      }
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}

function scrollerOf(element: HTMLElement | undefined): HTMLElement | null {
  for (let it = element?.parentElement ?? null; it !== null; it = it.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(it).overflowY)) return it;
  }
  return null;
}
