import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './app';
import { SHOP } from './schemas';

interface Place {
  readonly id: string;
  readonly position: { readonly x: number; readonly y: number };
}

interface Snapshot {
  readonly tables: readonly (Place & { readonly name: string })[];
  readonly views?: readonly { readonly name: string; readonly places: { tables: Place[] } }[];
}

async function snapshot(page: Page, id: string): Promise<Snapshot> {
  const answer = await page.request.get(`/api/diagrams/${id}/snapshot`);
  return ((await answer.json()) as { diagram: Snapshot }).diagram;
}

/** Drags what is at a place of the canvas. */
async function drag(page: Page, from: { x: number; y: number }, dx: number, dy: number) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y + dy / 2, { steps: 4 });
  await page.mouse.move(from.x + dx, from.y + dy, { steps: 4 });
  await page.mouse.up();
}

test('a view shows some tables, at places of its own', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const id = await app.open(SHOP);
  const whole = (await snapshot(page, id)).tables;
  const canvas = page.getByRole('main', { name: 'Canvas' });
  const panel = page.getByRole('region', { name: /^View / });
  const tables = panel.getByRole('list', { name: 'Tables of the view' }).getByRole('listitem');

  // Made of all tables, and narrowed.
  await app.tab('Views');
  await page.getByRole('button', { name: 'New view' }).click();
  await expect(panel).toBeVisible();
  await expect(tables).toHaveCount(4);
  await panel.getByLabel('Name', { exact: true }).fill('Sales');
  await panel.getByLabel('Name', { exact: true }).press('Enter');
  await expect(panel).toHaveAccessibleName('View Sales');
  await panel.getByRole('button', { name: 'Hide shipments' }).click();
  await panel.getByRole('button', { name: 'Hide order_lines' }).click();
  await expect(tables).toHaveCount(2);
  await app.pick('Show a table', 'order_l');
  await expect(tables).toHaveCount(3);
  await expect(canvas.getByRole('button', { name: 'View: Sales' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  // What is moved in it stays where it was everywhere else.
  const users = whole.find((it) => it.name === 'users');
  if (users === undefined) throw new Error('the table is there');
  const header = await page.getByTestId('canvas').evaluate((element, table) => {
    const { view } = element as unknown as {
      view: { placeOf(table: string): { x: number; y: number } };
    };
    const box = element.getBoundingClientRect();
    const at = view.placeOf(table);
    return { x: box.x + at.x, y: box.y + at.y };
  }, users.id);
  await drag(page, header, 60, 90);
  const placed = async () => {
    const { views } = await snapshot(page, id);
    return views?.[0]?.places.tables.find((it) => it.id === users.id)?.position;
  };
  await expect.poll(placed).not.toEqual(users.position);
  const there = await placed();
  expect((await snapshot(page, id)).tables.map((it) => it.position)).toEqual(
    whole.map((it) => it.position),
  );
  const svg = await page.request.get(`/api/diagrams/${id}/image?format=svg&view=Sales`);
  expect(await svg.text()).toContain(`x="${there?.x}" y="${there?.y}"`);
  expect(await svg.text()).not.toContain('>shipments</text>');

  await page.getByTestId('canvas').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('Control+z');
  await expect.poll(placed).not.toEqual(there);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(placed).toEqual(there);

  // Arranging the whole leaves it alone.
  await canvas.getByRole('button', { name: 'View: Sales' }).click();
  await page.getByRole('menuitem', { name: 'Whole diagram' }).click();
  await page.getByRole('button', { name: 'Arrange', exact: true }).click();
  await page.getByRole('menuitem', { name: /in layers/ }).click();
  await app.saved();
  expect(await placed()).toEqual(there);

  // Deleted while it is on the canvas, it gives way to the whole; and comes back.
  await page.getByRole('button', { name: /^Sales/ }).click();
  await panel.getByRole('button', { name: 'Delete view' }).click();
  await expect(canvas.getByRole('button', { name: 'View: Whole diagram' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^Sales/ })).toBeVisible();
  await app.saved();
  expect(await placed()).toEqual(there);
});

test('a view grows by what is related, is searched, and is there again after a reload', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const fans = Array.from(
    { length: 12 },
    (_, at) => `CREATE TABLE fan_${at} (id int PRIMARY KEY, hub int REFERENCES hub (id));`,
  );
  const text = `CREATE TABLE hub (id int PRIMARY KEY);
    CREATE TABLE alone (id int PRIMARY KEY);\n${fans.join('\n')}`;
  await app.open(text);
  const canvas = page.getByRole('main', { name: 'Canvas' });
  const panel = page.getByRole('region', { name: /^View / });
  const tables = panel.getByRole('list', { name: 'Tables of the view' }).getByRole('listitem');

  await app.openTable('hub');
  await page.getByRole('button', { name: 'Close' }).first().click();
  await page.getByTestId('canvas').evaluate((element) => {
    const { view } = element as unknown as { view: { selection: unknown; selectAll(): void } };
    view.selectAll();
  });
  await canvas.getByRole('button', { name: /^View: / }).click();
  await page.getByRole('menuitem', { name: 'New view' }).click();
  await expect(tables.first()).toBeVisible();
  await panel.getByLabel('Name', { exact: true }).fill('Fans');
  await panel.getByLabel('Name', { exact: true }).press('Enter');

  // All but the hub leave it, and come back as what is related.
  const search = panel.getByLabel('Search tables of the view');
  await search.fill('alone');
  await expect(tables).toHaveCount(1);
  await panel.getByRole('button', { name: 'Hide alone' }).click();
  await expect(panel.getByText('No table of the view goes with “alone”.')).toBeVisible();
  await search.fill('fan_3');
  await tables.getByRole('button', { name: 'fan_3', exact: true }).click();
  await page.getByTestId('canvas').getByRole('application').focus();
  await page.keyboard.press('h');
  await expect(page.getByText('A table is hidden from the view')).toBeVisible();
  await canvas.getByRole('button', { name: 'View: Fans' }).click();
  await page.getByRole('menuitem', { name: 'Fans' }).click();
  await app.tab('Views');
  await page.getByRole('button', { name: /^Fans/ }).click();
  await expect(panel.getByText('12 tables', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Show 1 related table' }).click();
  await expect(panel.getByText('13 tables', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: /related/ })).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await app.saved();

  // Where one has been in the view, and where in the whole, is each remembered.
  const zoomed = canvas.getByRole('button', { name: /^Zoom \d+%/ });
  await zoomed.click();
  await expect(zoomed).toHaveText('100%');
  await canvas.getByRole('button', { name: 'View: Fans' }).click();
  await page.getByRole('menuitem', { name: 'Whole diagram' }).click();
  await canvas.getByRole('button', { name: 'Zoom in' }).click();
  await canvas.getByRole('button', { name: 'Zoom in' }).click();
  const whole = await zoomed.textContent();
  expect(whole).not.toBe('100%');
  await canvas.getByRole('button', { name: 'View: Whole diagram' }).click();
  await page.getByRole('menuitem', { name: 'Fans' }).click();
  await expect(zoomed).toHaveText('100%');

  await page.reload();
  await expect(canvas.getByRole('button', { name: 'View: Fans' })).toBeVisible();
  await expect(zoomed).toHaveText('100%');
  await canvas.getByRole('button', { name: 'View: Fans' }).click();
  await page.getByRole('menuitem', { name: 'Whole diagram' }).click();
  await expect(zoomed).toHaveText(whole ?? '');
  await page.reload();
  await expect(canvas.getByRole('button', { name: 'View: Whole diagram' })).toBeVisible();
});
