import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { Page } from '@playwright/test';

import { test } from '../e2e/app';
import { company } from './company';
import { dragInCore } from './core';
import { type Cost, Meter } from './meter';

/**
 * Frame times of the app in a real browser, as one table. Input is sent as a mouse sends it, a step
 * a frame: the wheel pans, with Ctrl it zooms, and the table with the most refs is dragged in a
 * circle. `BENCH_INPUT` has a line for each
 * number of tables, for a generated schema, or file.
 */
const INPUTS = (process.env['BENCH_INPUT'] ?? '100\n1000\n10000').split('\n').filter(Boolean);
const STEPS = Number(process.env['BENCH_STEPS'] ?? 90);

interface View {
  readonly core: { is_routed(): boolean };
  zoom: number;
  worldAt(at: { x: number; y: number }): { x: number; y: number };
  restore(camera: { x: number; y: number; zoom: number }): void;
  fit(): void;
}
type Mounted = HTMLElement & { view: View };

interface Diagram {
  readonly tables: { readonly id: string; readonly position: { x: number; y: number } }[];
  readonly refs: { readonly from: string; readonly to: string }[];
}

const rows: string[] = [];
const row = (...cells: string[]) =>
  cells.map((it, i) => (i < 2 ? it.padEnd(18) : it.padStart(9))).join('');
const ms = (value: number) => value.toFixed(1);

test.afterAll(() => {
  const heading = [
    'diagram',
    'what',
    'frames',
    'median',
    '95%',
    'work',
    '95%',
    'main cpu',
    'all cpu',
  ];
  process.stdout.write(`\n${row(...heading)}\n${rows.join('\n')}\n`);
});

for (const input of INPUTS) {
  test(`frames of ${input}`, async ({ page, browser }) => {
    const isNumber = /^\d+$/.test(input);
    const name = isNumber ? `${input} tables` : basename(input).replace(/\.\w+$/, '');
    const text = isNumber ? company(Number(input)) : readFileSync(input, 'utf8');
    const made = await page.request.post('/api/diagrams/import', {
      data: { name, format: 'auto', text },
      timeout: 600_000,
    });
    const { id } = (await made.json()) as { id: string };
    const meter = await Meter.of(page, browser);
    const add = (what: string, cost: Cost) => {
      const { nFrames, median, p95, work, work95, mainCpu, allCpu } = cost;
      const figures = [median, p95, work, work95, mainCpu, allCpu].map(ms);
      rows.push(row(name, what, String(nFrames), ...figures));
    };

    const start = performance.now();
    await page.goto(`/d/${id}`);
    await page.waitForFunction(() => {
      const canvas = document.querySelector('[data-testid=canvas]');
      return canvas !== null && 'view' in canvas;
    });
    await nextFrame(page);
    const opened = performance.now() - start;
    await page.getByTestId('canvas').evaluate(async (element) => {
      const { core } = (element as Mounted).view;
      while (!core.is_routed()) await new Promise((done) => setTimeout(done, 20));
    });
    const routed = performance.now() - start;
    await page.waitForTimeout(1500);
    const { heap, buffers } = await meter.memory();
    rows.push(
      row(
        name,
        'open',
        '',
        `${opened.toFixed(0)} ms`,
        `${routed.toFixed(0)} ms`,
        `  ${heap.toFixed(0)} MB heap, ${buffers.toFixed(0)} MB buffers`,
      ),
    );

    const answer = await page.request.get(`/api/diagrams/${id}/snapshot`);
    const { diagram } = (await answer.json()) as { diagram: Diagram };
    const tables = byRefs(diagram);
    const hub = headOf(tables[0]);
    for (const zoom of ['whole', '100%', '10%'] as const) {
      await look(page, zoom, hub);
      add(`pan ${zoom}`, await meter.measure(() => pan(page)));
      await look(page, zoom, hub);
      add(`zoom ${zoom}`, await meter.measure(() => zoomInAndOut(page)));
      await look(page, zoom, hub);
      add(`drag hub ${zoom}`, await meter.measure(() => drag(page, hub)));
      await page.keyboard.press('Escape');
      await page.mouse.up();
    }
    for (const table of tables.filter(isWorthDragging)) {
      const [cpu, cost] = await meter.cpuOf(() => dragInCore(page, table, STEPS));
      const figures = [cost.median, cost.p95, Number.NaN, Number.NaN, cpu / STEPS];
      const shown = figures.map((it) => (Number.isNaN(it) ? '' : ms(it)));
      rows.push(row(name, `core, ${cost.nRefs} refs`, String(STEPS), ...shown));
    }
    const after = await meter.memory();
    rows.push(
      row(
        name,
        'memory after',
        '',
        '',
        '',
        `  ${after.heap.toFixed(0)} MB heap, ${after.buffers.toFixed(0)} MB buffers`,
      ),
    );
  });
}

type Place = { readonly x: number; readonly y: number };

interface Referred {
  readonly id: string;
  readonly position: Place;
  readonly nRefs: number;
}

/** The tables, those with the most refs first. */
function byRefs({ tables, refs }: Diagram): Referred[] {
  const n = new Map<string, number>();
  for (const { from, to } of refs) {
    n.set(from, (n.get(from) ?? 0) + 1);
    n.set(to, (n.get(to) ?? 0) + 1);
  }
  const counted = tables.map((it) => ({ ...it, nRefs: n.get(it.id) ?? 0 }));
  return counted.toSorted((a, b) => b.nRefs - a.nRefs);
}

/** A place at the head of a table. */
function headOf(table: Referred | undefined): Place {
  const { x, y } = table?.position ?? { x: 0, y: 0 };
  return { x: x + 40, y: y + 12 };
}

/** The table with the most refs, and the one with about fifty. */
function isWorthDragging(table: Referred, at: number, tables: Referred[]): boolean {
  const off = (it: Referred) => Math.abs(it.nRefs - 50);
  const nearest = tables.reduce((a, b) => (off(b) < off(a) ? b : a));
  return at === 0 || table === nearest;
}

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Shows the whole diagram, or the hub from near. */
async function look(page: Page, zoom: 'whole' | '100%' | '10%', hub: Place): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByTestId('canvas').evaluate(
    (element, { zoom, hub }) => {
      const { view } = element as Mounted;
      view.fit();
      const scale = zoom === '100%' ? 1 : 0.1;
      const { clientWidth, clientHeight } = element;
      if (zoom === 'whole') return;
      const x = hub.x - clientWidth / 2 / scale;
      view.restore({ x, y: hub.y - clientHeight / 2 / scale, zoom: scale });
    },
    { zoom, hub },
  );
  await page.waitForTimeout(400);
  await nextFrame(page);
}

async function middle(page: Page): Promise<Place> {
  const box = await page.getByTestId('canvas').boundingBox();
  if (box === null) throw new Error('there is no canvas');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function pan(page: Page): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await steadily((i) => {
    const angle = (i / STEPS) * 4 * Math.PI;
    return page.mouse.wheel(24 * Math.cos(angle), 24 * Math.sin(angle));
  });
}

async function zoomInAndOut(page: Page): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  await steadily((i) => {
    const isIn = i < STEPS / 4 || i >= (STEPS * 3) / 4;
    return page.mouse.wheel(0, isIn ? -12 : 12);
  });
  await page.keyboard.up('Control');
}

/** A step for each frame of 60 a second, and never more than a few ahead of the page. */
async function steadily(step: (i: number) => Promise<void>): Promise<void> {
  const AHEAD = 4;
  const LONGEST = 20_000;
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  for (let i = 0; i < STEPS && performance.now() - start < LONGEST; i++) {
    const sent = step(i).finally(() => underWay.delete(sent));
    underWay.add(sent);
    const due = start + ((i + 1) * 1000) / 60;
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    if (underWay.size >= AHEAD) await Promise.race(underWay);
  }
  await Promise.all(underWay);
}

/** Holds the hub and moves it in a circle. */
async function drag(page: Page, hub: Place): Promise<void> {
  const at = await page.getByTestId('canvas').evaluate((element, hub) => {
    const { view } = element as Mounted;
    const corner = view.worldAt({ x: 0, y: 0 });
    const box = element.getBoundingClientRect();
    return { x: box.x + (hub.x - corner.x) * view.zoom, y: box.y + (hub.y - corner.y) * view.zoom };
  }, hub);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await steadily((i) => {
    const angle = (i / STEPS) * 2 * Math.PI;
    return page.mouse.move(at.x + 60 * Math.sin(angle), at.y + 60 - 60 * Math.cos(angle));
  });
}
