import { describe, expect, it, vi } from 'vitest';

import { arrangeAside, type ArrangeWorker } from './arranging';

function fake() {
  const worker = {
    postMessage: vi.fn(),
    terminate: vi.fn(),
    onmessage: null,
    onerror: null,
  } as unknown as ArrangeWorker & { terminate: () => void; postMessage: () => void };
  const tell = (data: unknown) => worker.onmessage?.call(worker as never, { data } as never);
  const say = (answer: unknown) => tell({ answer: JSON.stringify(answer) });
  return { worker, say, tell };
}

describe('arrangeAside', () => {
  it('gives the places and ends the worker', async () => {
    const { worker, say } = fake();
    const arranging = arrangeAside('{}', 'layered', vi.fn(), () => worker);
    expect(worker.postMessage).toHaveBeenCalledWith({ document: '{}', style: 'layered' });
    const places = [{ id: 't', position: { x: 1, y: 2 } }];
    say({ ok: places });
    expect(await arranging.done).toEqual(places);
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('passes on how much is done', async () => {
    const { worker, say, tell } = fake();
    const ondone = vi.fn();
    const arranging = arrangeAside('{}', 'compact', ondone, () => worker);
    tell({ done: 0.25 });
    tell({ done: 0.5 });
    say({ ok: [] });
    expect(await arranging.done).toEqual([]);
    expect(ondone.mock.calls).toEqual([[0.25], [0.5]]);
  });

  it('ends the worker when it is cancelled', async () => {
    const { worker } = fake();
    const arranging = arrangeAside('{}', 'compact', vi.fn(), () => worker);
    arranging.cancel();
    expect(await arranging.done).toBeNull();
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('tells what went wrong', async () => {
    const { worker, say } = fake();
    const arranging = arrangeAside('{}', 'compact', vi.fn(), () => worker);
    say({ error: { code: 'x', message: 'no diagram', reasons: [] } });
    await expect(arranging.done).rejects.toThrow('no diagram');
  });
});
