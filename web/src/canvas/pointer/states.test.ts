import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { HitFace, RefSeed } from '../../core/generated/model';
import { Camera, type Rect } from '../camera';
import { Selection } from '../selection';
import { Resting } from './resting';
import type { PointerAt, PointerState, RefDraft, Stage } from './state';

/** A stage that writes down what is done on it. */
class FakeStage implements Stage {
  camera = new Camera(0, 0, 1);
  selection = Selection.none;
  hasRows = true;
  log: string[] = [];
  under: HitFace | null = null;
  draft: RefDraft | null = null;
  marquee: Rect | null = null;
  seeds: RefSeed[] = [];
  found = Selection.none;

  hit = () => this.under;
  pan = () => undefined;
  setCamera = (camera: Camera) => void (this.camera = camera);
  hover = () => undefined;
  select = (selection: Selection) => void (this.selection = selection);
  preview = (dx: number, dy: number) => void this.log.push(`preview ${dx} ${dy}`);
  dropPreview = () => void this.log.push('drop');
  place = (dx: number, dy: number) => void this.log.push(`place ${dx} ${dy}`);
  tookHold = () => void this.log.push('hold');
  drawMarquee = (rect: Rect | null) => void (this.marquee = rect);
  within = () => this.found;
  draftRef = (draft: RefDraft | null) => void (this.draft = draft);
  newRef = (seed: RefSeed) => void this.seeds.push(seed);
  groupTables = () => ['a', 'b'];
  noteIds = () => [];
}

let stage: FakeStage;
let state: PointerState;
let rest: Resting;

function at(x: number, y: number, more: Partial<PointerAt> = {}): PointerAt {
  return {
    screen: { x, y },
    world: { x, y },
    isAdding: false,
    isPanning: false,
    isTouch: false,
    ...more,
  };
}

function press(x: number, y: number, more: Partial<PointerAt> = {}) {
  state = rest.pressed(at(x, y, more));
}

function move(x: number, y: number) {
  state = state.moved(at(x, y));
}

function release(x: number, y: number) {
  state = state.released(at(x, y));
}

beforeEach(() => {
  stage = new FakeStage();
  rest = new Resting(stage);
  state = rest;
});

describe('the pointer', () => {
  it('selects a table by a click, and nothing by a click on the ground', () => {
    stage.under = { kind: 'header', table: 't' };
    press(5, 5);
    move(7, 6);
    release(7, 6);
    expect([...stage.selection.tables]).toEqual(['t']);
    stage.under = null;
    press(90, 90);
    release(90, 90);
    expect(stage.selection.isEmpty).toBe(true);
    expect(stage.log).toEqual([]);
  });

  it('adds to the selection with Shift, and takes away', () => {
    stage.selection = new Selection(['a']);
    stage.under = { kind: 'line', id: 'r' };
    press(5, 5, { isAdding: true });
    release(5, 5);
    expect([...stage.selection.tables, ...stage.selection.refs]).toEqual(['a', 'r']);
    press(5, 5, { isAdding: true });
    release(5, 5);
    expect([...stage.selection.refs]).toEqual([]);
  });

  it('drags all that is selected, and places it once', () => {
    stage.selection = new Selection(['a', 'b']);
    stage.under = { kind: 'row', table: 'a', column: 'c' };
    press(10, 10);
    move(30, 15);
    move(40, 20);
    release(40, 20);
    expect(stage.log).toEqual(['preview 20 5', 'preview 30 10', 'place 30 10']);
    expect(stage.selection.tables.size).toBe(2);
    expect(state).toBe(rest);
  });

  it('drags an unselected table alone', () => {
    stage.selection = new Selection(['a', 'b']);
    stage.under = { kind: 'header', table: 'z' };
    press(10, 10);
    move(30, 10);
    expect([...stage.selection.tables]).toEqual(['z']);
  });

  it('leaves no trace of a drag that is cancelled', () => {
    stage.under = { kind: 'header', table: 'a' };
    press(0, 0);
    move(50, 0);
    expect(state.cancelled()).toBe(rest);
    expect(stage.log.at(-1)).toBe('drop');
  });

  it('pans by the ground, and goes back when cancelled', () => {
    press(100, 100);
    move(60, 90);
    expect([stage.camera.x, stage.camera.y]).toEqual([40, 10]);
    state.cancelled();
    expect([stage.camera.x, stage.camera.y]).toEqual([0, 0]);
  });

  it('pans over a table, too, when that is asked for', () => {
    stage.under = { kind: 'header', table: 'a' };
    press(100, 100, { isPanning: true });
    move(90, 100);
    expect(stage.camera.x).toBe(10);
    expect(stage.log).toEqual([]);
  });

  it('draws a frame with Shift and restores the selection when cancelled', () => {
    stage.selection = new Selection(['a']);
    stage.found = new Selection(['b']);
    press(10, 10, { isAdding: true });
    move(50, 60);
    expect(stage.marquee).toEqual({ x: 10, y: 10, w: 40, h: 50 });
    expect([...stage.selection.tables]).toEqual(['a', 'b']);
    state.cancelled();
    expect(stage.marquee).toBeNull();
    expect([...stage.selection.tables]).toEqual(['a']);
  });

  it('makes a ref by dragging from a handle to a column', () => {
    stage.under = { kind: 'handle', table: 'a', column: 'x', side: 'right' };
    press(10, 10);
    stage.under = { kind: 'row', table: 'b', column: 'y' };
    move(80, 40);
    expect(stage.draft).toMatchObject({ toTable: 'b', toColumn: 'y' });
    release(80, 40);
    expect(stage.draft).toBeNull();
    expect(stage.seeds).toEqual([{ fromTable: 'a', fromColumn: 'x', toTable: 'b', toColumn: 'y' }]);
  });

  it('makes a ref without a column when dropped on a table, and none on the ground', () => {
    stage.under = { kind: 'handle', table: 'a', column: 'x', side: 'right' };
    press(10, 10);
    stage.under = { kind: 'header', table: 'b' };
    move(80, 40);
    release(80, 40);
    expect(stage.seeds).toEqual([{ fromTable: 'a', fromColumn: 'x', toTable: 'b' }]);

    stage.under = { kind: 'handle', table: 'a', column: 'x', side: 'right' };
    press(10, 10);
    stage.under = null;
    move(80, 40);
    release(80, 40);
    expect(stage.seeds).toHaveLength(1);
  });

  it('drags the table by its rows when they are too small to be meant', () => {
    stage.hasRows = false;
    stage.under = { kind: 'handle', table: 'a', column: 'x', side: 'right' };
    press(10, 10);
    move(30, 10);
    expect(stage.draft).toBeNull();
    expect(stage.log).toEqual(['preview 20 0']);
  });

  it('moves a group by its head', () => {
    stage.under = { kind: 'group', id: 'g' };
    press(10, 10);
    move(10, 30);
    expect([...stage.selection.tables]).toEqual(['a', 'b']);
    expect(stage.log).toEqual(['preview 0 20']);
  });
});

describe('a finger', () => {
  const finger = { isTouch: true };

  beforeEach(() => {
    vi.useFakeTimers();
    stage.under = { kind: 'header', table: 'a' };
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('moves the view, over a table, too', () => {
    press(100, 100, finger);
    move(60, 90);
    expect([stage.camera.x, stage.camera.y]).toEqual([40, 10]);
    expect(stage.log).toEqual([]);
  });

  it('selects by a tap', () => {
    press(10, 10, finger);
    move(13, 12);
    release(13, 12);
    expect([...stage.selection.tables]).toEqual(['a']);
    expect(state).toBe(rest);
  });

  it('drags what it has rested on', () => {
    press(10, 10, finger);
    vi.advanceTimersByTime(500);
    expect(stage.log).toEqual(['hold']);
    move(40, 20);
    release(40, 20);
    expect(stage.log).toEqual(['hold', 'preview 30 10', 'place 30 10']);
    expect([...stage.selection.tables]).toEqual(['a']);
  });

  it('drags what is selected at once', () => {
    stage.selection = new Selection(['a', 'b']);
    press(10, 10, finger);
    move(40, 20);
    expect(stage.log).toEqual(['preview 30 10']);
  });

  it('draws a frame where it has rested on the ground', () => {
    stage.under = null;
    press(10, 10, finger);
    vi.advanceTimersByTime(500);
    move(40, 20);
    expect(stage.marquee).toEqual({ x: 10, y: 10, w: 30, h: 10 });
  });

  it('draws a ref from a handle that it has rested on', () => {
    stage.under = { kind: 'handle', table: 'a', column: 'x', side: 'right' };
    press(10, 10, finger);
    vi.advanceTimersByTime(500);
    stage.under = { kind: 'row', table: 'b', column: 'y' };
    move(80, 40);
    expect(stage.draft).toMatchObject({ toTable: 'b', toColumn: 'y' });
  });

  it('takes hold of nothing once another one has come', () => {
    press(10, 10, finger);
    state = state.cancelled();
    vi.advanceTimersByTime(500);
    expect(stage.log).toEqual([]);
    expect(stage.selection.isEmpty).toBe(true);
  });
});
