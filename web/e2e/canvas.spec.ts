import type { Page } from '@playwright/test';

import { expect, test } from './app';

/** Notes has nothing to do with the other two. */
const SCHEMA = `
CREATE TABLE authors (id int PRIMARY KEY, name text);
CREATE TABLE books (id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors (id));
CREATE TABLE notes (id int PRIMARY KEY, body text);
`;

/** How dark the canvases are in a square of 40 pixels below a place of the page, all told. */
function ink(page: Page, at: { x: number; y: number }): Promise<number> {
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
  const name = (at: { x: number; y: number }) => ({ x: at.x + 25, y: at.y - 20 });
  const before = await ink(page, name(notes));
  const booksBefore = await ink(page, name(books));

  await page.mouse.click(authors.x + 40, authors.y - 18);
  await expect.poll(() => ink(page, name(notes))).toBeLessThan(before * 0.5);
  // A table that refers to it stays as it is.
  expect(await ink(page, name(books))).toBeGreaterThan(booksBefore * 0.9);

  await page.keyboard.press('Escape');
  await expect.poll(() => ink(page, name(notes))).toBeGreaterThan(before * 0.9);
});
