import { describe, expect, it } from 'vitest';

import type { Rect } from './camera';
import { FarNames, placeOf } from './far-names';
import type { Scene } from './scene';

/** Tables of 200 by 300 in rows of ten, all named alike; those in `hubs` have as many lines. */
function scene(n: number, gap: number, hubs: ReadonlyMap<number, number> = new Map()): Scene {
  const rect = (slot: number): Rect => {
    const [column, row] = [slot % 10, Math.floor(slot / 10)];
    return { x: column * (200 + gap), y: row * (300 + gap), w: 200, h: 300 };
  };
  const made = {
    tablesVersion: 1,
    linesVersion: 1,
    nTables: n,
    weights: () => Uint32Array.from({ length: n }, (_, slot) => hubs.get(slot) ?? 0),
    rect,
    nRows: () => 12,
    isTable: () => true,
    title: (slot: number) => `organization_members_${slot}`,
  };
  return made as unknown as Scene;
}

function named(of: Scene, zoom: number) {
  const names = new FarNames();
  names.update(of, zoom, true);
  return names;
}

describe('FarNames', () => {
  it('leaves names alone that fit into their tables', () => {
    expect(named(scene(20, 100), 0.4).names).toEqual([]);
    expect(named(scene(20, 100), 0.9).names).toEqual([]);
  });

  it('names every table that has room around it', () => {
    expect(named(scene(20, 4000), 0.06).names).toHaveLength(20);
  });

  it('names those with the most lines where not all have room, and none over another', () => {
    const of = scene(
      100,
      60,
      new Map([
        [57, 9],
        [58, 4],
      ]),
    );
    const { names } = named(of, 0.08);
    expect(names[0]?.slot).toBe(57);
    expect(names.map((it) => it.slot)).not.toContain(58);
    expect(names.length).toBeGreaterThan(8);
    const places = names.map((it) => placeOf(of, it, 0.08));
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) {
        const apart = a.x + a.w < b.x || b.x + b.w < a.x || a.y + a.h < b.y || b.y + b.h < a.y;
        expect(apart).toBe(true);
      }
    }
  });

  it('keeps names within what is seen of a diagram that fits', () => {
    const [of, zoom] = [scene(100, 600), 0.05];
    const { names } = named(of, zoom);
    const places = names.map((it) => placeOf(of, it, zoom));
    const isSeen = ({ x, w }: Rect) => x * zoom > -40 && (x + w) * zoom < 7400 * zoom + 40;
    expect(names.filter((it) => it.aside !== 0).length).toBeGreaterThan(5);
    expect(places.filter((it) => !isSeen(it))).toEqual([]);
  });

  it('keeps to what it chose while tables are moved', () => {
    const of = scene(100, 60);
    const names = named(of, 0.08);
    const before = names.names;
    Object.assign(of, { tablesVersion: 2 });
    names.update(of, 0.08, false);
    expect(names.names).toBe(before);
    names.update(of, 0.08, true);
    expect(names.names).not.toBe(before);
  });
});
