import type { Browser, CDPSession, Page } from '@playwright/test';

/** What a stretch of frames cost. */
export interface Cost {
  /** Frames in which the page was told of input, or worked on what it was told before. */
  readonly nFrames: number;
  /** Time from frame to frame, in milliseconds: what a person sees. Never under 16.7. */
  readonly median: number;
  readonly p95: number;
  /** From a frame's first callback to after its painting, in milliseconds. */
  readonly work: number;
  readonly work95: number;
  /** Processor time of the page's main thread and of the whole browser, per frame, in milliseconds. */
  readonly mainCpu: number;
  readonly allCpu: number;
}

interface Frames {
  readonly gaps: number[];
  readonly works: number[];
}

/**
 * Measures frames in the page: the gaps between animation frames, and how long the main thread
 * was busy in each, up to a message that is handled after painting. Frames before the first input
 * and after the last one count not.
 */
export class Meter {
  readonly #page: Page;
  readonly #main: CDPSession;
  readonly #all: CDPSession;

  private constructor(page: Page, main: CDPSession, all: CDPSession) {
    this.#page = page;
    this.#main = main;
    this.#all = all;
  }

  static async of(page: Page, browser: Browser): Promise<Meter> {
    const main = await page.context().newCDPSession(page);
    await main.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Meter(page, main, await browser.newBrowserCDPSession());
  }

  async measure(run: () => Promise<void>): Promise<Cost> {
    await this.#page.evaluate(startFrames);
    const [main, all] = [await this.#mainTime(), await this.#allTime()];
    await run();
    const [mainAfter, allAfter] = [await this.#mainTime(), await this.#allTime()];
    const { gaps, works } = await this.#page.evaluate(takeFrames);
    const nFrames = gaps.length;
    return {
      nFrames,
      median: at(gaps, 0.5),
      p95: at(gaps, 0.95),
      work: at(works, 0.5),
      work95: at(works, 0.95),
      mainCpu: (mainAfter - main) / Math.max(1, nFrames),
      allCpu: (allAfter - all) / Math.max(1, nFrames),
    };
  }

  /** Processor time of the page's main thread, in milliseconds, and what came of it. */
  async cpuOf<T>(run: () => Promise<T>): Promise<[number, T]> {
    const before = await this.#mainTime();
    const result = await run();
    return [(await this.#mainTime()) - before, result];
  }

  /** Megabytes: of the heap of JavaScript, and of buffers outside of it (the core's memory). */
  async memory(): Promise<{ readonly heap: number; readonly buffers: number }> {
    await this.#main.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = (await this.#main.send(
      'Runtime.getHeapUsage',
    )) as { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number };
    const heap = usedSize + (embedderHeapUsedSize ?? 0);
    return { heap: heap / 1e6, buffers: (backingStorageSize ?? 0) / 1e6 };
  }

  async #mainTime(): Promise<number> {
    const { metrics } = await this.#main.send('Performance.getMetrics');
    return (metrics.find((it) => it.name === 'TaskDuration')?.value ?? 0) * 1000;
  }

  async #allTime(): Promise<number> {
    const { processInfo } = await this.#all.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, it) => sum + it.cpuTime, 0) * 1000;
  }
}

/** The value below which that share of the values lies. */
export function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

type Watched = { frames?: Frames & { isOn: boolean; inputs: number } };

/** Runs in the page. */
function startFrames(): void {
  const frames = { gaps: [] as number[], works: [] as number[], isOn: true, inputs: 0 };
  (window as unknown as Watched).frames = frames;
  const count = () => void (frames.inputs += 1);
  for (const kind of ['pointermove', 'wheel']) addEventListener(kind, count, true);
  const channel = new MessageChannel();
  let start = 0;
  let seen = 0;
  let isFirst = true;
  let hadInput = false;
  channel.port1.onmessage = () => {
    if (!isFirst) frames.works.push(performance.now() - start);
  };
  let before = Number.NaN;
  const frame = (now: number) => {
    if (!frames.isOn) return;
    start = performance.now();
    requestAnimationFrame(frame);
    // A frame counts if input came for it or for the one before.
    const hasInput = frames.inputs > seen;
    if (hasInput || hadInput) {
      if (!isFirst) frames.gaps.push(now - before);
      isFirst = false;
      channel.port2.postMessage(null);
    }
    seen = frames.inputs;
    hadInput = hasInput;
    before = now;
  };
  requestAnimationFrame(frame);
}

/** Runs in the page. */
function takeFrames(): Frames {
  const { frames } = window as unknown as Watched;
  if (frames === undefined) return { gaps: [], works: [] };
  frames.isOn = false;
  return { gaps: frames.gaps, works: frames.works };
}
