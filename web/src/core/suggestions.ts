import type { SuggestionCount, SuggestionReview, TableId } from './generated/model';
import type { WasmEditor } from './wasm/crowfoot_wasm.js';

/** What of the core suggestions are asked of. */
export type SuggestionCore = Pick<WasmEditor, 'look_for_suggestions'>;

/** So long at a stretch may the page wait, in milliseconds. */
const SLICE = 8;

/** So long after somebody asked first: what was just opened is to be seen before. */
const FIRST = 600;

/** So long after the last change what it touched is looked at, in milliseconds. */
const PAUSE = 150;

/**
 * Suggestions for the whole diagram, asked of the core at most once for each state. Large diagrams
 * are looked through in slices between frames, from the first time somebody asks; until that is
 * done, answers are what is known so far.
 */
export class Suggestions {
  readonly #core: SuggestionCore;
  readonly #ask: {
    readonly review: () => SuggestionReview;
    readonly counts: () => readonly SuggestionCount[];
  };
  readonly #changed: () => void;
  readonly #isBusy: () => boolean;
  #review: SuggestionReview | undefined;
  #counts: ReadonlyMap<TableId, number> | undefined;
  /** Somebody shows them: they are kept up to date. */
  #isWanted = false;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(
    core: SuggestionCore,
    ask: { review: () => SuggestionReview; counts: () => readonly SuggestionCount[] },
    changed: () => void,
    isBusy: () => boolean = () => false,
  ) {
    this.#core = core;
    this.#ask = ask;
    this.#changed = changed;
    this.#isBusy = isBusy;
  }

  review(): SuggestionReview {
    this.#review ??= this.#ask.review();
    this.#want();
    return this.#review;
  }

  /** How many are suggested, of the tables that have some. */
  counts(): ReadonlyMap<TableId, number> {
    this.#counts ??= new Map(this.#ask.counts().map(({ table, n }) => [table, n]));
    this.#want();
    return this.#counts;
  }

  /** The diagram has changed. */
  forget(): void {
    this.#review = undefined;
    this.#counts = undefined;
    if (this.#isWanted) this.#later(PAUSE);
  }

  close(): void {
    clearTimeout(this.#next);
  }

  #want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#later(FIRST);
  }

  #later(delay: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#look(), delay);
  }

  #look(): void {
    if (this.#isBusy()) {
      this.#later(PAUSE);
      return;
    }
    const start = performance.now();
    let n = 1;
    let isDone = this.#core.look_for_suggestions(n);
    while (!isDone && performance.now() - start < SLICE) {
      n = Math.min(n * 2, 64);
      isDone = this.#core.look_for_suggestions(n);
    }
    this.#review = undefined;
    this.#counts = undefined;
    if (!isDone) this.#later(0);
    this.#changed();
  }
}
