import { App, expect, test } from './app';
import { SHOP } from './schemas';

test('two browsers see what the other saves', async ({ app, page, browser, server }) => {
  const id = await app.open(SHOP);
  await app.tab('Refs');
  const context = await browser.newContext({ baseURL: server });
  const other = new App(await context.newPage());
  await other.page.goto(`/d/${id}`);
  await other.tab('Refs');
  await expect(other.refs).toHaveCount(2);

  await app.refs.filter({ hasText: 'orders_user_fk' }).click();
  await page.getByLabel('Name', { exact: true }).fill('renamed_fk');
  await app.save();
  await expect(other.refs.filter({ hasText: 'renamed_fk' })).toHaveCount(1);

  await other.refs.filter({ hasText: 'renamed_fk' }).click();
  await other.page.keyboard.press('Delete');
  await expect(app.refs).toHaveCount(1);
  await context.close();
});

test('what is done offline is saved when the server is back', async ({ app, page, context }) => {
  const id = await app.open(SHOP);
  await app.tab('Refs');
  await context.setOffline(true);
  await app.refs.filter({ hasText: 'orders_user_fk' }).click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('Offline, 1 change waiting')).toBeVisible();
  await context.setOffline(false);
  await app.saved();
  expect(await app.exported(id, 'postgresql')).not.toContain('orders_user_fk');
});
