import type { Page } from '@playwright/test';

import { expect, test } from './app';

/** More lines than are routed at once: each table refers to the three before it. */
const N_TABLES = 700;
const MANY = Array.from({ length: N_TABLES }, (_, at) => {
  const up = [1, 2, 5].filter((it) => it <= at);
  const keys = up.map((it) => `, up_${it} int REFERENCES t${at - it} (id)`);
  return `CREATE TABLE t${at} (id int PRIMARY KEY${keys.join('')});`;
}).join('\n');

interface Core {
  is_routed(): boolean;
  n_line_slots(): number;
  line_stream(slots: Uint32Array): Float32Array;
}

/** Runs in the page: nothing is routed before `isReleased` is set. */
function holdRouting(): void {
  type Held = { core: { route_more(n: number): boolean } };
  const views = new WeakMap<object, Held>();
  Object.defineProperty(HTMLElement.prototype, 'view', {
    get(this: object) {
      return views.get(this);
    },
    set(this: object, view: Held) {
      views.set(this, view);
      const { core } = view;
      const route = core.route_more.bind(core);
      core.route_more = (n) => ('isReleased' in window ? route(n) : false);
    },
  });
}

/** How many lines have a way, and whether all are routed. */
function lines(page: Page): Promise<{ nDrawn: number; nLines: number; isRouted: boolean }> {
  return page.getByTestId('canvas').evaluate((element) => {
    const { core } = (element as unknown as { view: { core: Core } }).view;
    const nLines = core.n_line_slots();
    let nDrawn = 0;
    for (let slot = 0; slot < nLines; slot++) {
      // The tenth number of a line says how many points it has.
      if ((core.line_stream(Uint32Array.of(slot))[9] ?? 0) > 1) nDrawn += 1;
    }
    return { nDrawn, nLines, isRouted: core.is_routed() };
  });
}

test('many lines are routed while the page goes on, and what changes meanwhile with them', async ({
  app,
  page,
}) => {
  const made = await page.request.post('/api/diagrams/import', {
    data: { name: 'Many', format: 'auto', text: MANY },
  });
  const { id } = (await made.json()) as { id: string };
  await page.addInitScript(holdRouting);
  await page.goto(`/d/${id}`);
  const status = page.getByRole('status').filter({ hasText: /^Drawing [\d,]+ lines…$/ });
  await expect(status).toBeVisible();

  // It is there to be worked with: a table is added.
  await page.getByTestId('canvas').getByRole('application').focus();
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: /^Table / })).toBeVisible();
  expect(await lines(page)).toMatchObject({ nDrawn: 0, isRouted: false });
  await page.evaluate(() => Object.assign(window, { isReleased: true }));
  await expect(status).toBeHidden({ timeout: 60_000 });
  const after = await lines(page);
  expect(after.isRouted).toBe(true);
  expect(after.nLines).toBeGreaterThan(1500);
  expect(after.nDrawn).toBe(after.nLines);
  await app.saved();
});
