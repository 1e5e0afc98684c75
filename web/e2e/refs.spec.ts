import { expect, test } from './app';
import { chain, SHOP } from './schemas';

test('a composite ref is added, kept over a reload, and edited', async ({ app, page }) => {
  const id = await app.open(SHOP);
  await app.tab('Refs');
  await page.getByRole('button', { name: 'Add Ref', exact: true }).click();
  await app.pick('From table', 'ship');
  await app.pick('To table', 'order_l');
  // The whole primary key is preselected, and columns of the same names beside it.
  await expect(page.getByLabel('To column 1')).toHaveValue('order_id');
  await expect(page.getByLabel('To column 2')).toHaveValue('line_no');
  await app.pick('From column 1', 'order_id');
  await app.pick('From column 2', 'line_no');
  await page.getByLabel('Name', { exact: true }).fill('shipments_line_fk');
  await app.save();
  await expect(app.refs).toHaveCount(3);
  await app.saved();

  await page.reload();
  await app.tab('Refs');
  const row = app.refs.filter({ hasText: 'shipments_line_fk' });
  await expect(row).toContainText(/shipments\.\(.*order_id, line_no\)/);
  await row.click();
  await app.choose('On delete', 'Set null');
  await app.choose('On update', 'Cascade');
  await app.save();
  await expect(row).toContainText('on delete set null');
  await app.saved();

  const sql = await app.exported(id, 'postgresql');
  expect(sql).toContain('shipments_line_fk');
  expect(sql).toContain('ON DELETE SET NULL');
  expect(sql).toContain('ON UPDATE CASCADE');
  expect(await app.exported(id, 'dbml')).toMatch(/shipments_line_fk.*\n?.*delete: set null/s);
});

test('types that differ are told at once', async ({ app, page }) => {
  await app.open(SHOP);
  await app.tab('Refs');
  await page.getByRole('button', { name: 'Add Ref', exact: true }).click();
  await app.pick('From table', 'order_lines');
  await app.pick('To table', 'users');
  await app.pick('From column 1', 'sku');
  await expect(page.locator('.notice')).toContainText(/text.*bigint|bigint.*text/);
});

test('a self ref is made', async ({ app, page }) => {
  const id = await app.open(SHOP);
  await app.tab('Refs');
  await page.getByRole('button', { name: 'Add Ref', exact: true }).click();
  await app.pick('From table', 'users');
  await app.pick('To table', 'users');
  await app.pick('From column 1', 'manager_id');
  await app.save();
  await expect(app.refs.filter({ hasText: 'users.manager_id' })).toHaveCount(1);
  await app.saved();
  expect(await app.exported(id, 'dbml')).toContain('manager_id');
});

test('a ref is deleted by key and by button, and both are undone', async ({ app, page }) => {
  await app.open(SHOP);
  await app.tab('Refs');
  const row = app.refs.filter({ hasText: 'orders_user_fk' });
  await row.click();
  await page.keyboard.press('Delete');
  await expect(row).toHaveCount(0);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(row).toHaveCount(1);

  await row.click();
  await page.getByRole('button', { name: 'Delete ref', exact: true }).click();
  await expect(row).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row).toHaveCount(1);
  await page.keyboard.press('Control+Shift+z');
  await expect(row).toHaveCount(0);
});

test('dragging a column onto a column makes a ref', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const from = await app.columnAt(id, 'users', 2);
  const to = await app.columnAt(id, 'users', 0);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 6, { steps: 6 });
  await page.mouse.move(to.x + 30, to.y, { steps: 6 });
  await page.mouse.up();
  await expect(page.getByRole('form', { name: 'New ref' })).toBeVisible();
  await expect(page.getByLabel('From column 1')).toHaveValue('manager_id');
  await expect(page.getByLabel('To column 1')).toHaveValue('id');
  await app.save();
  await app.tab('Refs');
  await expect(app.refs.filter({ hasText: 'users.manager_id' })).toHaveCount(1);
});

test('an unsaved form is asked about before it goes', async ({ app, page }) => {
  await app.open(SHOP);
  await app.tab('Refs');
  await app.refs.nth(1).click();
  await page.getByLabel('Name', { exact: true }).fill('another_name');
  await app.refs.nth(0).click();
  await expect(page.getByRole('dialog')).toContainText('Save what you changed?');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('another_name');
  await app.refs.nth(0).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(app.refs.filter({ hasText: 'another_name' })).toHaveCount(1);
});

test('a thousand refs scroll, by few rows at a time', async ({ app, page }) => {
  await app.open(chain(1001));
  await app.tab('Refs');
  await expect(page.getByRole('tab', { name: /Refs 1K/ })).toBeVisible();
  expect(await app.refs.count()).toBeLessThan(60);
  await app.refs.first().focus();
  await page.keyboard.press('End');
  await expect(app.refs.last()).toContainText('t1000.parent_id');
  await page.getByLabel('Search refs').fill('t0500');
  await expect(app.refs).toHaveCount(2);
});
