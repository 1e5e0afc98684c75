import { describe, expect, it } from 'vitest';

import { Camera, MAX_ZOOM, MIN_ZOOM, spanning } from './camera';

describe('Camera', () => {
  it('turns screen into world and back', () => {
    const camera = new Camera(-120, 40, 0.5);
    const there = camera.toWorld({ x: 33, y: 77 });
    expect(camera.toScreen(there)).toEqual({ x: 33, y: 77 });
  });

  it('keeps the place under the pointer when it zooms', () => {
    const at = { x: 300, y: 200 };
    const before = new Camera(10, 20, 1);
    const after = before.zoomedAt(at, 2.5);
    expect(after.zoom).toBe(2.5);
    expect(after.toWorld(at).x).toBeCloseTo(before.toWorld(at).x);
    expect(after.toWorld(at).y).toBeCloseTo(before.toWorld(at).y);
  });

  it('keeps the place under the pointer at the limits of zoom, too', () => {
    const at = { x: 300, y: 200 };
    const before = new Camera(10, 20, 1);
    for (const zoom of [0.00001, 1000]) {
      const after = before.zoomedAt(at, zoom);
      expect(after.zoom).toBe(zoom < 1 ? MIN_ZOOM : MAX_ZOOM);
      expect(after.toWorld(at).x).toBeCloseTo(before.toWorld(at).x);
    }
  });

  it('fits a rectangle into the middle of the view', () => {
    const view = { width: 1000, height: 600 };
    const camera = Camera.fitting({ x: -500, y: -100, w: 4000, h: 1000 }, view);
    const a = camera.toScreen({ x: -500, y: -100 });
    const b = camera.toScreen({ x: 3500, y: 900 });
    expect(a.x).toBeCloseTo(40);
    expect(b.x).toBeCloseTo(960);
    expect((a.y + b.y) / 2).toBeCloseTo(300);
  });

  it('leaves room for bars over the view', () => {
    const view = { width: 1000, height: 600 };
    const rect = { x: -500, y: -100, w: 1000, h: 4000 };
    const camera = Camera.fittingBetween(rect, view, { top: 50, bottom: 70 });
    expect(camera.toScreen({ x: 0, y: -100 }).x).toBeCloseTo(500);
    expect(camera.toScreen({ x: 0, y: -100 }).y).toBeCloseTo(90);
    expect(camera.toScreen({ x: 0, y: 3900 }).y).toBeCloseTo(490);
  });

  it('does not blow a small diagram up', () => {
    const camera = Camera.fitting({ x: 0, y: 0, w: 10, h: 10 }, { width: 500, height: 500 });
    expect(camera.zoom).toBe(1);
  });

  it('starts and ends an animation where it should', () => {
    const a = new Camera(0, 0, 1);
    const b = new Camera(900, -300, 0.25);
    expect(a.towards(b, 0).equals(a)).toBe(true);
    const end = a.towards(b, 1);
    expect(end.x).toBeCloseTo(b.x);
    expect(end.y).toBeCloseTo(b.y);
    expect(end.zoom).toBeCloseTo(b.zoom);
  });
});

describe('spanning', () => {
  it('takes corners in any order', () => {
    expect(spanning({ x: 5, y: 1 }, { x: 2, y: 9 })).toEqual({ x: 2, y: 1, w: 3, h: 8 });
  });
});
