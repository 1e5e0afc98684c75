import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Editor, type EditorEvent } from './editor';
import { FakeCore, FakeServer } from './fakes';
import { KeptDrafts, type DraftStorage } from './kept-drafts';

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
  editor.openDraft('t');
  return { editor, server, events };
}

const rest = () => vi.advanceTimersByTimeAsync(0);
const type = (editor: Editor, name: string) => editor.editDraft('t', { edit: 'setName', name });
const run = (editor: Editor, what: string) => editor.run({ do: what } as never);
const said = (server: FakeServer) => server.log.map((it) => it.changeSet.description);

describe('saving a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends nothing while somebody edits, and all of it in one change-set', async () => {
    const { editor, server, events } = await opened();
    type(editor, 'a');
    type(editor, 'b');
    await rest();
    expect(server.bodies).toEqual([]);
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'saved' });
    expect(said(server)).toEqual(['a b']);
    expect(core.received).toEqual([[2, 'a b', undefined]]);
    expect(editor.draft('t')?.isDirty).toBe(false);
    expect(events.filter((it) => it.kind === 'changed')).toMatchObject([{ origin: 'own' }]);
  });

  it('has nothing to save where nothing is pending', async () => {
    const { editor, server } = await opened();
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'nothing' });
    expect(server.bodies).toEqual([]);
  });

  it('waits for what was done before it', async () => {
    const { editor, server } = await opened();
    run(editor, 'first');
    type(editor, 'a');
    await editor.saveDraft('t');
    expect(said(server)).toEqual(['first', 'a']);
  });

  it('is refused before it is sent where the core finds fault with it', async () => {
    const { editor, server } = await opened();
    type(editor, 'bad');
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'refused' });
    expect(server.bodies).toEqual([]);
    expect(editor.draft('t')?.isDirty).toBe(true);
  });

  it('keeps everything pending when the server refuses, with the reasons', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    const reason = { change: 0, entity: { kind: 'table', id: 't' }, code: 'x', message: 'no' };
    server.answers.push({ kind: 'rejected', message: 'no', reasons: [reason as never] });
    const saved = await editor.saveDraft('t');
    expect(saved).toMatchObject({ kind: 'refused', view: { isDirty: true, problems: [reason] } });
    expect(core.received).toEqual([]);
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'saved' });
    expect(new Set(server.keys).size).toBe(2);
  });

  it('waits while nobody answers, and sends the very same under the same key', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.answers.push({ kind: 'offline' }, { kind: 'offline' });
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'offline' });
    expect(editor.status).toBe('offline');
    type(editor, 'later');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set(server.bodies).size).toBe(1);
    expect(server.bodies).toHaveLength(3);
    expect(said(server)).toEqual(['a']);
    expect(editor.status).toBe('saved');
    expect(editor.draft('t')).toMatchObject({ isDirty: true, counts: { words: 'later' } });
  });

  it('never applies twice what was saved though its answer was lost', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.nLost = 1;
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'offline' });
    type(editor, 'b');
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'saved' });
    expect(said(server)).toEqual(['a', 'b']);
    expect(server.bodies[0]).toBe(server.bodies[1]);
    expect(editor.draft('t')?.isDirty).toBe(false);
  });

  it('asks about a lost answer before it sends anything else', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.answers.push({ kind: 'offline' });
    await editor.saveDraft('t');
    run(editor, 'afterwards');
    await vi.advanceTimersByTimeAsync(600);
    expect(said(server)).toEqual(['a', 'afterwards']);
  });

  it('knows its own save when the stream brings it first', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.answers.push({ kind: 'offline' });
    await editor.saveDraft('t');
    server.tell({ kind: 'change', ...server.commit(server.keys[0] ?? '', 'a') });
    await rest();
    expect(core.received).toEqual([[2, 'a', undefined]]);
    expect(editor.draft('t')?.isDirty).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said(server)).toEqual(['a']);
    expect(editor.status).toBe('saved');
  });

  it('asks about a conflict, and saves once it is decided', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    core.conflicting.add('t');
    server.commit('other', 'theirs');
    server.answers.push({ kind: 'conflict', revision: 2, conflicts: [] });
    const saved = await editor.saveDraft('t');
    expect(saved).toMatchObject({ kind: 'conflict', view: { conflicts: [{ id: 'c' }] } });
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'conflict' });
    editor.resolveConflict('t', 'c', 'mine');
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'saved' });
    expect(said(server)).toEqual(['theirs', 'a']);
  });

  it('tries again by itself when it goes along with what others did', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.commit('other', 'theirs');
    server.answers.push({ kind: 'conflict', revision: 2, conflicts: [] });
    await expect(editor.saveDraft('t')).resolves.toMatchObject({ kind: 'saved' });
    expect(said(server)).toEqual(['theirs', 'a']);
    expect(JSON.parse(server.bodies[1] ?? '')).toMatchObject({ base: 2 });
  });

  it('lets those go who wait for a draft that is discarded', async () => {
    const { editor, server } = await opened();
    run(editor, 'first');
    type(editor, 'a');
    const saved = editor.saveDraft('t');
    editor.discardDraft('t');
    await expect(saved).resolves.toEqual({ kind: 'gone' });
    await rest();
    expect(said(server)).toEqual(['first']);
  });

  it('leaves no trace when it is discarded while nobody answers', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.answers.push({ kind: 'offline' });
    await editor.saveDraft('t');
    editor.discardDraft('t');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.log).toEqual([]);
    expect(server.bodies).toHaveLength(1);
    expect(editor.status).toBe('saved');
  });

  it('is taken for its own when it was done before it was discarded', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.nLost = 1;
    await editor.saveDraft('t');
    editor.discardDraft('t');
    editor.openDraft('t');
    type(editor, 'b');
    const [done] = server.log;
    if (done !== undefined) server.tell({ kind: 'change', ...done });
    await rest();
    expect(core.received).toEqual([[2, 'a', undefined]]);
    expect(editor.draft('t')).toMatchObject({ isDirty: true });
  });

  it('is finished when the editor is closed meanwhile', async () => {
    const { editor, server } = await opened();
    type(editor, 'a');
    server.answers.push({ kind: 'offline' });
    await editor.saveDraft('t');
    editor.close();
    expect(core.isFree).toBe(false);
    await vi.advanceTimersByTimeAsync(600);
    expect(said(server)).toEqual(['a']);
    expect(core.isFree).toBe(true);
  });
});

/** A browser's storage, and which editors live in its tabs. */
class Browser implements DraftStorage {
  readonly #texts = new Map<string, string>();
  keys() {
    return [...this.#texts.keys()];
  }
  get(key: string) {
    return this.#texts.get(key) ?? null;
  }
  set(key: string, value: string) {
    this.#texts.set(key, value);
  }
  remove(key: string) {
    this.#texts.delete(key);
  }
}

/** Locks that a tab holds until it is closed or crashes. */
class Locks {
  readonly #held = new Map<string, () => void>();
  query() {
    return Promise.resolve({ held: [...this.#held.keys()].map((name) => ({ name })) });
  }
  request(name: string, work: () => Promise<void>) {
    this.#held.set(name, () => this.#held.delete(name));
    return work().then(() => void this.#held.delete(name));
  }
  crash() {
    this.#held.clear();
  }
}

describe('keeping drafts', () => {
  const locks = new Locks();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('navigator', { locks });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    locks.crash();
  });

  it('offers what a crash left, once', async () => {
    const browser = new Browser();
    const before = await KeptDrafts.open('d', browser);
    before.put('t', 'users', '1 column added', () => 'draft of t');
    before.flush();
    locks.crash();

    const after = await KeptDrafts.open('d', browser);
    expect(after.list()).toMatchObject([{ table: 't', label: 'users', counts: '1 column added' }]);
    expect(after.read('t')).toBe('draft of t');
    after.forget('t');
    expect(after.list()).toEqual([]);
    expect(browser.keys()).toEqual([]);
  });

  it('leaves alone what another tab is editing', async () => {
    const browser = new Browser();
    const here = await KeptDrafts.open('d', browser);
    here.put('t', 'users', 'a', () => 'here');
    here.flush();
    const there = await KeptDrafts.open('d', browser);
    expect(there.list()).toEqual([]);
    there.put('t', 'users', 'b', () => 'there');
    there.flush();
    there.remove('t');
    locks.crash();
    const after = await KeptDrafts.open('d', browser);
    expect(after.read('t')).toBe('here');
  });

  it('offers the newest of several, and another diagram none', async () => {
    const browser = new Browser();
    for (const text of ['old', 'new']) {
      vi.advanceTimersByTime(10);
      const tab = await KeptDrafts.open('d', browser);
      tab.put('t', 'users', text, () => text);
      tab.flush();
    }
    locks.crash();
    expect((await KeptDrafts.open('other', browser)).list()).toEqual([]);
    const after = await KeptDrafts.open('d', browser);
    expect(after.list()).toHaveLength(1);
    expect(after.read('t')).toBe('new');
    after.forget('t');
    expect(after.read('t')).toBe('old');
  });

  it('writes after a pause, and when the editor is closed', async () => {
    const browser = new Browser();
    const kept = await KeptDrafts.open('d', browser);
    kept.put('t', 'users', '', () => 'first');
    expect(browser.keys()).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(browser.keys()).toHaveLength(1);
    kept.put('u', 'orders', '', () => 'second');
    kept.close();
    expect(browser.keys()).toHaveLength(2);
  });

  it('takes no harm from what is not its own', async () => {
    const browser = new Browser();
    browser.set('crowfoot/draft/d/t/somebody', '{"broken');
    browser.set('crowfoot/draft/d/u/somebody', '{"draft":7}');
    const kept = await KeptDrafts.open('d', browser);
    expect(kept.list()).toEqual([]);
    expect(kept.read('t')).toBeNull();
  });
});
