import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Routing } from './routing';

/** A core with so many lines to route, that takes a tenth of a millisecond for each. */
class FakeCore {
  waiting: number;
  longest = 0;

  constructor(waiting: number) {
    this.waiting = waiting;
  }

  is_routed(): boolean {
    return this.waiting === 0;
  }

  route_more(n: number): boolean {
    const routed = Math.min(n, this.waiting);
    this.longest = Math.max(this.longest, routed);
    vi.advanceTimersByTime(routed / 10);
    this.waiting -= routed;
    return this.waiting === 0;
  }
}

describe('Routing', () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }),
  );
  afterEach(() => void vi.useRealTimers());

  it('routes in slices and says once that all is done', async () => {
    const core = new FakeCore(5000);
    const done = vi.fn();
    const routing = new Routing(core, done);
    routing.look();
    routing.look();
    expect(routing.isUnderWay).toBe(true);
    const slices = vi.spyOn(globalThis, 'setTimeout');
    await vi.advanceTimersByTimeAsync(2000);
    expect(slices.mock.calls.length).toBeGreaterThan(20);
    expect(core.waiting).toBe(0);
    expect(core.longest).toBeLessThan(200);
    expect(done).toHaveBeenCalledTimes(1);
    expect(routing.isUnderWay).toBe(false);
  });

  it('does nothing where all is routed, and nothing after it is closed', async () => {
    const done = vi.fn();
    new Routing(new FakeCore(0), done).look();
    const core = new FakeCore(5000);
    const routing = new Routing(core, done);
    routing.look();
    routing.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).not.toHaveBeenCalled();
    expect(core.waiting).toBe(5000);
  });

  it('goes on with what waits after a change', async () => {
    const core = new FakeCore(20);
    const done = vi.fn();
    const routing = new Routing(core, done);
    routing.look();
    await vi.advanceTimersByTimeAsync(100);
    core.waiting = 3000;
    routing.look();
    await vi.advanceTimersByTimeAsync(1000);
    expect(core.waiting).toBe(0);
    expect(done).toHaveBeenCalledTimes(2);
  });
});
