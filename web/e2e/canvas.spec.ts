import type { Page } from '@playwright/test';

import { expect, test } from './app';

/** Notes has nothing to do with the other two. */
const SCHEMA = `
CREATE TABLE authors (id int PRIMARY KEY, name text);
CREATE TABLE books (id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors (id));
CREATE TABLE notes (id int PRIMARY KEY, body text);
`;

type Place = { readonly x: number; readonly y: number };

/** How dark the canvases are in a square of 40 pixels below a place of the page, all told. */
function ink(page: Page, at: Place): Promise<number> {
  return page.getByTestId('canvas').evaluate((element, { x, y }) => {
    const box = element.getBoundingClientRect();
    let sum = 0;
    for (const canvas of element.querySelectorAll('canvas:not(.canvas-minimap)')) {
      const { display, opacity } = getComputedStyle(canvas);
      const ctx = (canvas as HTMLCanvasElement).getContext('2d');
      if (display === 'none' || ctx === null) continue;
      const { data } = ctx.getImageData(x - box.x, y - box.y, 40, 40);
      for (let i = 0; i < data.length; i += 4) {
        const dark = 255 - ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3;
        sum += dark * ((data[i + 3] ?? 0) / 255) * Number(opacity);
      }
    }
    return sum;
  }, at);
}

test('a selected table dims what is not related to it', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const id = await app.open(SCHEMA);
  const [authors, books, notes] = await Promise.all(
    ['authors', 'books', 'notes'].map((it) => app.columnAt(id, it, 0)),
  );
  if (!authors || !books || !notes) throw new Error('a table is missing');
  const name = (at: Place) => ({ x: at.x + 25, y: at.y - 20 });
  const before = await ink(page, name(notes));
  const booksBefore = await ink(page, name(books));

  await page.mouse.click(authors.x + 40, authors.y - 18);
  await expect.poll(() => ink(page, name(notes))).toBeLessThan(before * 0.5);
  // A table that refers to it stays as it is.
  expect(await ink(page, name(books))).toBeGreaterThan(booksBefore * 0.9);

  await page.keyboard.press('Escape');
  await expect.poll(() => ink(page, name(notes))).toBeGreaterThan(before * 0.9);
});

test('all that is fitted in can be seen between the bars', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const columns = Array.from({ length: 90 }, (_, at) => `c${at} int`).join(', ');
  await app.open(`CREATE TABLE tall (id int PRIMARY KEY, ${columns});
    CREATE TABLE short (id int PRIMARY KEY, tall int REFERENCES tall (id));`);
  await page.getByRole('button', { name: 'Look of lines' }).click();
  await page.getByRole('menuitem', { name: 'Colour by On Delete' }).click();
  const legend = page.getByRole('region', { name: /^Colours of lines/ });
  await expect(legend).toBeVisible();
  await page.getByRole('button', { name: 'Fit the diagram into the view' }).click();
  const { top, bottom } = await page.getByTestId('canvas').evaluate((element) => {
    const { view } = element as unknown as {
      view: {
        zoom: number;
        core: { bounds(): Int32Array };
        worldAt(at: { x: number; y: number }): { x: number; y: number };
      };
    };
    const [, y = 0, , h = 0] = view.core.bounds();
    const { y: from } = view.worldAt({ x: 0, y: 0 });
    const above = element.getBoundingClientRect().y;
    return { top: above + (y - from) * view.zoom, bottom: above + (y + h - from) * view.zoom };
  });
  const head = await legend.boundingBox();
  const bar = await page.getByRole('toolbar', { name: 'Canvas tools' }).boundingBox();
  if (head === null || bar === null) throw new Error('both are shown');
  expect(top).toBeGreaterThan(head.y + head.height);
  expect(bottom).toBeLessThan(bar.y);
});

test('from far, names are drawn over small tables, and told where they are not', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const id = await app.open(SCHEMA);
  const look = (zoom: number) =>
    page.getByTestId('canvas').evaluate((element, zoom) => {
      const { view } = element as unknown as {
        view: {
          restore(camera: { x: number; y: number; zoom: number }): void;
          core: { bounds(): Int32Array };
        };
      };
      const [x = 0, y = 0, w = 0, h = 0] = view.core.bounds();
      const { clientWidth, clientHeight } = element;
      const corner = {
        x: x + w / 2 - clientWidth / 2 / zoom,
        y: y + h / 2 - clientHeight / 2 / zoom,
      };
      view.restore({ ...corner, zoom });
    }, zoom);
  await look(0.06);
  const at = await app.columnAt(id, 'authors', 0);
  // The square has the name in it, and less than half of the table, which is some ten pixels wide.
  const square = { x: at.x - 32, y: at.y - 20 };
  const far = await ink(page, square);
  await look(0.01);
  const ground = await ink(page, { x: at.x - 200, y: at.y - 200 });
  expect(far).toBeGreaterThan(ground * 1.6);

  await look(0.06);
  await page.mouse.move(at.x + 4, at.y);
  await expect(page.locator('.canvas-view').getByText('authors', { exact: true })).toBeVisible();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  /** One finger, from place to place; it rests first for as long as is said. */
  async function slide(page: Page, from: Place, to: Place, rest = 0): Promise<void> {
    const client = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly Place[]) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: [...at] });
    await send('touchStart', [from]);
    await page.waitForTimeout(rest);
    await send('touchMove', [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }]);
    await send('touchMove', [to]);
    await send('touchEnd', []);
  }

  test('a finger moves the view, and drags a table once it has rested on it', async ({
    app,
    page,
  }) => {
    const id = await app.open(SCHEMA);
    const before = await app.columnAt(id, 'authors', 0);
    const head = { x: before.x + 40, y: before.y - 20 };
    await slide(page, head, { x: head.x + 60, y: head.y + 40 });
    const panned = await app.columnAt(id, 'authors', 0);
    expect([panned.x - before.x, panned.y - before.y].map(Math.round)).toEqual([60, 40]);

    const books = await app.columnAt(id, 'books', 0);
    const moved = { x: panned.x + 40, y: panned.y - 20 };
    await slide(page, moved, { x: moved.x + 30, y: moved.y + 50 }, 600);
    await app.saved();
    await expect
      .poll(async () => Math.round((await app.columnAt(id, 'authors', 0)).y - panned.y))
      .toBe(50);
    expect(await app.columnAt(id, 'books', 0)).toEqual(books);
  });
});
