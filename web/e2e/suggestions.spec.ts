import AxeBuilder from '@axe-core/playwright';

import { type App, expect, test } from './app';

/** Five tables of which none declares a foreign key; five columns look like one. */
const BARE = `
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, manager_id bigint);
CREATE TABLE categories (id bigint PRIMARY KEY, parent_id bigint);
CREATE TABLE products (id bigint PRIMARY KEY, category_id bigint NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL);
CREATE TABLE order_items (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL,
  product_id bigint NOT NULL
);
`;

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const panel = (app: App) => app.page.getByRole('region', { name: 'Suggested foreign keys' });
const box = (app: App, name: string) => panel(app).getByRole('checkbox', { name, exact: true });

/** Opens a diagram and the review of what it suggests, by the offer. */
async function review(app: App): Promise<string> {
  const id = await app.open(BARE);
  await app.page.getByRole('button', { name: /^Review \d+ suggestions$/ }).click();
  await expect(panel(app)).toBeVisible();
  return id;
}

test('some are added as one step, and taken back as one', async ({ app, page }) => {
  const id = await review(app);
  await box(app, 'orders.user_id > users.id').check();
  await box(app, 'order_items.order_id > orders.id').check();
  await panel(app).getByRole('button', { name: 'Add 2 foreign keys' }).click();
  await expect(page.getByRole('tab', { name: /^Refs 2/ })).toBeVisible();
  await expect(box(app, 'orders.user_id > users.id')).toHaveCount(0);
  await app.saved();
  expect((await app.exported(id, 'postgresql')).match(/FOREIGN KEY|REFERENCES/g)?.length).toBe(
    2 * 2,
  );

  const said = page.getByRole('status').filter({ hasText: 'Added 2 foreign keys' });
  await said.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('tab', { name: /^Refs 0/ })).toBeVisible();
  await expect(box(app, 'orders.user_id > users.id')).toBeVisible();
  await app.saved();
  expect(await app.exported(id, 'postgresql')).not.toContain('REFERENCES');
});

test('a dismissed one stays so over a reload, and is restored', async ({ app, page }) => {
  await review(app);
  const name = 'products.category_id > categories.id';
  await panel(app)
    .getByRole('button', { name: `Dismiss ${name}` })
    .click();
  await expect(box(app, name)).toHaveCount(0);
  await app.saved();

  await page.reload();
  await app.tab('Refs');
  await page.getByRole('button', { name: /^Review \d+ suggestions?$/ }).click();
  await expect(box(app, 'orders.user_id > users.id')).toBeVisible();
  await expect(box(app, name)).toHaveCount(0);
  await panel(app).getByRole('button', { name: '1 dismissed' }).click();
  await panel(app)
    .getByRole('button', { name: `Restore ${name}` })
    .click();
  await expect(box(app, name)).toBeVisible();
  await expect(panel(app).getByRole('button', { name: '1 dismissed' })).toHaveCount(0);
});

test('words and confidence choose; keys walk, select and dismiss', async ({ app, page }) => {
  await review(app);
  await panel(app).getByLabel('Search suggestions').fill('order_items product');
  const rows = panel(app).getByRole('list', { name: 'Suggestions' }).getByRole('listitem');
  // The table that is referred to, and the one that would.
  await expect(rows).toHaveCount(2);
  await panel(app).getByRole('checkbox', { name: 'Select all' }).check();
  await expect(panel(app).getByRole('button', { name: 'Add 1 foreign key' })).toBeEnabled();
  await panel(app).getByRole('checkbox', { name: 'Select all' }).uncheck();
  await panel(app).getByRole('button', { name: 'products', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(box(app, 'order_items.product_id > products.id')).toBeChecked();
  await page.keyboard.press('Delete');
  await expect(panel(app).getByText(/None of \d+ suggestions/)).toBeVisible();
  await panel(app).getByLabel('Search suggestions').fill('');
  await expect(rows.filter({ hasText: 'product_id' })).toHaveCount(0);
});

test('tables say how many are suggested for them', async ({ app, page }) => {
  await app.open(BARE);
  await page
    .getByRole('button', { name: 'Review 2 suggested foreign keys of order_items' })
    .click();
  const rows = panel(app).getByRole('list', { name: 'Suggestions' }).getByRole('listitem');
  await expect(rows).toHaveCount(4);
  await panel(app).getByRole('button', { name: 'Show those of all tables' }).click();
  await expect(box(app, 'orders.user_id > users.id')).toBeVisible();
});

test('the review is offered once', async ({ app, page }) => {
  await app.open(BARE);
  const offer = page.getByRole('region', { name: 'Offer to review suggestions' });
  await expect(offer).toContainText('declares few foreign keys');
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(
    page.getByRole('button', { name: 'Review 2 suggested foreign keys of order_items' }),
  ).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('a suggestion becomes pending in the table editor, or is dismissed', async ({ app, page }) => {
  const id = await app.open(BARE);
  const editor = await app.openTable('order_items');
  const suggested = editor.panel.getByRole('list', { name: 'Suggested foreign keys' });
  await suggested.getByRole('button', { name: /^Add order_id > orders\.id/ }).click();
  await expect(editor.list('Foreign Keys')).toContainText(['added']);
  await suggested.getByRole('button', { name: 'Dismiss product_id > products.id' }).click();
  await expect(suggested).toHaveCount(0);
  await editor.save();
  const sql = await app.exported(id, 'postgresql');
  expect(sql).toMatch(/REFERENCES orders/);
  expect(sql).not.toMatch(/REFERENCES products/);

  await page.reload();
  await app.openTable('order_items');
  await expect(editor.list('Foreign Keys').first()).toBeVisible();
  await expect(suggested).toHaveCount(0);
  await editor.panel.getByRole('button', { name: '1 dismissed' }).click();
  await editor.panel.getByRole('button', { name: /^Restore order_items\.product_id/ }).click();
  await expect(suggested).toContainText('product_id > products.id');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the review has no fault that axe finds, ${theme}`, async ({ app, page }) => {
    await page.addInitScript((choice) => localStorage.setItem('crowfoot.theme', choice), theme);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.open(BARE);
    await page.getByRole('button', { name: /^Review \d+ suggestions$/ }).waitFor();
    const faults = async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      return violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html}`));
    };
    expect(await faults(), 'the offer').toEqual([]);
    await page.getByRole('button', { name: /^Review \d+ suggestions$/ }).click();
    await box(app, 'orders.user_id > users.id').check();
    await panel(app)
      .getByRole('button', { name: /^Dismiss categories\.parent_id/ })
      .click();
    await panel(app).getByRole('button', { name: '1 dismissed' }).click();
    expect(await faults(), 'the review').toEqual([]);
  });
}
