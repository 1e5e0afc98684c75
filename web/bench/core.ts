import type { Page } from '@playwright/test';

import { at } from './meter';

/** What a step of a drag costs in the core alone, in milliseconds. */
export interface CoreCost {
  readonly nRefs: number;
  readonly nSteps: number;
  readonly median: number;
  readonly p95: number;
}

interface Core {
  table_ids(): string[];
  preview_move(slots: Uint32Array, dx: number, dy: number): void;
  take_scene_changes(): Uint32Array;
  line_stream(slots: Uint32Array): Float32Array;
  drop_preview(): void;
}

/**
 * Drags a table in a circle without a canvas: each step moves it, routes its lines, and reads what
 * changed as the canvas does.
 */
export async function dragInCore(
  page: Page,
  table: { readonly id: string; readonly nRefs: number },
  nSteps: number,
): Promise<CoreCost> {
  const times = await page.getByTestId('canvas').evaluate(
    (element, { id, nSteps }) => {
      const { core } = (element as HTMLElement & { view: { core: Core } }).view;
      const slots = Uint32Array.of(core.table_ids().indexOf(id));
      const times: number[] = [];
      for (let i = 1; i <= nSteps; i++) {
        const angle = (i / nSteps) * 2 * Math.PI;
        const [dx, dy] = [60 * Math.sin(angle), 60 - 60 * Math.cos(angle)].map(Math.round);
        const start = performance.now();
        core.preview_move(slots, dx ?? 0, dy ?? 0);
        const [, nTables = 0, ...changed] = core.take_scene_changes();
        core.line_stream(Uint32Array.from(changed.slice(nTables)));
        times.push(performance.now() - start);
      }
      core.drop_preview();
      return times;
    },
    { id: table.id, nSteps },
  );
  return { nRefs: table.nRefs, nSteps, median: at(times, 0.5), p95: at(times, 0.95) };
}
