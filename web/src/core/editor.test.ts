import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { closedEditorsSaved, Editor, isFinishing, type EditorEvent } from './editor';
import { FakeCore, FakeServer } from './fakes';

let core: FakeCore;
vi.mock('./load', () => ({
  loadCore: () =>
    Promise.resolve(
      class {
        constructor() {
          return core;
        }
      },
    ),
}));

async function opened() {
  core = new FakeCore();
  const server = new FakeServer();
  const editor = await Editor.open(server);
  const events: EditorEvent[] = [];
  editor.subscribe((event) => events.push(event));
  return { editor, server, events };
}

const run = (editor: Editor, what: string) => editor.run({ do: what } as never);
const rest = () => vi.advanceTimersByTimeAsync(0);

describe('Editor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('saves one change after the other', async () => {
    const { editor, server, events } = await opened();
    run(editor, 'a');
    run(editor, 'b');
    expect(editor.status).toBe('saving');
    await rest();
    expect(server.log.map((it) => it.changeSet.description)).toEqual(['a', 'b']);
    expect(editor.status).toBe('saved');
    expect(new Set(server.keys).size).toBe(2);
    expect(events.filter((it) => it.kind === 'changed')).toHaveLength(2);
  });

  it('saves what waits when it is closed, then frees the core', async () => {
    const { editor, server } = await opened();
    server.answers.push({ kind: 'offline' });
    run(editor, 'a');
    run(editor, 'b');
    editor.close();
    await rest();
    expect(isFinishing()).toBe(true);
    expect(core.isFree).toBe(false);
    await vi.advanceTimersByTimeAsync(600);
    await closedEditorsSaved();
    expect(server.log.map((it) => it.changeSet.description)).toEqual(['a', 'b']);
    expect(core.isFree).toBe(true);
  });

  it('frees the core at once when it is closed with nothing to save', async () => {
    const { editor } = await opened();
    editor.close();
    expect(core.isFree).toBe(true);
    expect(isFinishing()).toBe(false);
  });

  it('tells of a refused command and sends nothing', async () => {
    const { editor, server } = await opened();
    expect(run(editor, 'bad')).toMatchObject({ ok: false, fault: { message: 'no' } });
    await rest();
    expect(server.keys).toEqual([]);
  });

  it('tries again under the same key when nobody answers', async () => {
    const { editor, server } = await opened();
    server.answers.push({ kind: 'offline' });
    run(editor, 'a');
    await rest();
    expect(editor.status).toBe('offline');
    await vi.advanceTimersByTimeAsync(600);
    expect(editor.status).toBe('saved');
    expect(server.keys).toHaveLength(2);
    expect(new Set(server.keys).size).toBe(1);
  });

  it('knows its own change when the stream brings it first', async () => {
    const { editor, server } = await opened();
    server.answers.push({ kind: 'offline' });
    run(editor, 'a');
    await rest();
    server.tell({ kind: 'change', ...server.commit(server.keys[0] ?? '', 'a') });
    await rest();
    expect(core.received).toEqual([[2, 'a', 1]]);
    expect(editor.pending).toBe(0);
  });

  it('fetches what it missed before what it hears', async () => {
    const { server } = await opened();
    server.commit('k1', 'x');
    server.tell({ kind: 'change', ...server.commit('k2', 'y') });
    await rest();
    expect(core.received.map(([, it]) => it)).toEqual(['x', 'y']);
  });

  it('fetches what it missed page by page', async () => {
    const { server } = await opened();
    server.page = 2;
    for (const it of ['v', 'w', 'x', 'y']) server.commit(it, it);
    server.tell({ kind: 'change', ...server.commit('z', 'z') });
    await rest();
    expect(core.received.map(([, it]) => it)).toEqual(['v', 'w', 'x', 'y', 'z']);
  });

  it('reads the snapshot later when it cannot fetch what it missed', async () => {
    const failure = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { editor, server } = await opened();
    server.commit('k1', 'x');
    server.isMute = true;
    server.tell({ kind: 'change', ...server.commit('k2', 'y') });
    await rest();
    expect(editor.status).toBe('offline');
    server.isMute = false;
    await vi.advanceTimersByTimeAsync(600);
    expect(editor.revision).toBe(3);
    expect(editor.status).toBe('saved');
    failure.mockRestore();
  });

  it('takes a change back that clashes, and says so', async () => {
    const { editor, server, events } = await opened();
    server.answers.push({ kind: 'conflict', revision: 1, conflicts: [{ message: 'both' }] });
    run(editor, 'a');
    await rest();
    expect(editor.pending).toBe(0);
    const dropped = events.find((it) => it.kind === 'dropped');
    expect(dropped).toMatchObject({ dropped: [{ reasons: ['both'] }] });
  });

  it('reads the snapshot again when it is too far behind', async () => {
    const { editor, server, events } = await opened();
    server.commit('k1', 'x');
    server.tell({ kind: 'reload' });
    await rest();
    expect(editor.revision).toBe(2);
    expect(events.at(-1)).toMatchObject({ kind: 'changed', origin: 'reload' });
  });
});
