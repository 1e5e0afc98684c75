import { describe, expect, it, vi } from 'vitest';

import { arrangeAside, type ArrangeWorker } from './arranging';

function fake() {
  const worker = {
    postMessage: vi.fn(),
    terminate: vi.fn(),
    onmessage: null,
    onerror: null,
  } as unknown as ArrangeWorker & { terminate: () => void; postMessage: () => void };
  const say = (answer: unknown) =>
    worker.onmessage?.call(worker as never, { data: JSON.stringify(answer) } as never);
  return { worker, say };
}

describe('arrangeAside', () => {
  it('gives the places and ends the worker', async () => {
    const { worker, say } = fake();
    const arranging = arrangeAside('{}', 'layered', () => worker);
    expect(worker.postMessage).toHaveBeenCalledWith({ document: '{}', style: 'layered' });
    const places = [{ id: 't', position: { x: 1, y: 2 } }];
    say({ ok: places });
    expect(await arranging.done).toEqual(places);
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('ends the worker when it is cancelled', async () => {
    const { worker } = fake();
    const arranging = arrangeAside('{}', 'compact', () => worker);
    arranging.cancel();
    expect(await arranging.done).toBeNull();
    expect(worker.terminate).toHaveBeenCalled();
  });

  it('tells what went wrong', async () => {
    const { worker, say } = fake();
    const arranging = arrangeAside('{}', 'compact', () => worker);
    say({ error: { code: 'x', message: 'no diagram', reasons: [] } });
    await expect(arranging.done).rejects.toThrow('no diagram');
  });
});
