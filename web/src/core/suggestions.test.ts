import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { SuggestionReview } from './generated/model';
import { Suggestions } from './suggestions';

/** A core that has so many tables to look at, and takes a millisecond for each. */
class FakeCore {
  waiting = 0;
  readonly looks: number[] = [];

  look_for_suggestions(n: number): boolean {
    this.looks.push(n);
    const looked = Math.min(n, this.waiting);
    vi.advanceTimersByTime(looked);
    this.waiting -= looked;
    return this.waiting === 0;
  }
}

function made(waiting: number, isBusy = () => false) {
  const core = new FakeCore();
  core.waiting = waiting;
  const asked = { review: 0, counts: 0 };
  const changed = vi.fn();
  const suggestions = new Suggestions(
    core,
    {
      review: () => {
        asked.review += 1;
        return { nWaiting: core.waiting } as SuggestionReview;
      },
      counts: () => {
        asked.counts += 1;
        return [{ table: 't', n: 2 }];
      },
    },
    changed,
    isBusy,
  );
  return { core, asked, changed, suggestions };
}

describe('Suggestions', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
  );
  afterEach(() => void vi.useRealTimers());

  it('asks once for each state of the diagram', async () => {
    const { asked, suggestions } = made(0);
    suggestions.review();
    await vi.advanceTimersByTimeAsync(1000);
    suggestions.review();
    suggestions.review();
    expect(suggestions.counts().get('t')).toBe(2);
    suggestions.counts();
    expect(asked).toEqual({ review: 2, counts: 1 });
    suggestions.forget();
    suggestions.review();
    expect(asked.review).toBe(3);
  });

  it('looks through a large diagram in slices and tells of each', async () => {
    const { core, changed, suggestions } = made(100);
    expect(suggestions.review().nWaiting).toBe(100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.waiting).toBe(0);
    expect(changed.mock.calls.length).toBeGreaterThan(2);
    expect(suggestions.review().nWaiting).toBe(0);
  });

  it('does nothing before somebody asks, or after it is closed', async () => {
    const { core, suggestions } = made(10);
    suggestions.forget();
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.looks).toEqual([]);
    suggestions.counts();
    suggestions.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.looks).toEqual([]);
  });

  it('waits for what is more urgent', async () => {
    let isBusy = true;
    const { core, suggestions } = made(10, () => isBusy);
    suggestions.counts();
    await vi.advanceTimersByTimeAsync(3000);
    expect(core.looks).toEqual([]);
    isBusy = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.waiting).toBe(0);
  });

  it('waits for a pause after changes', async () => {
    const { core, suggestions } = made(0);
    suggestions.counts();
    await vi.advanceTimersByTimeAsync(1000);
    const before = core.looks.length;
    for (let at = 0; at < 5; at += 1) {
      suggestions.forget();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(core.looks.length).toBe(before);
    await vi.advanceTimersByTimeAsync(100);
    expect(core.looks.length).toBe(before + 1);
  });
});
