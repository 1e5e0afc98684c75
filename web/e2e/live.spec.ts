import type { Page } from '@playwright/test';

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

test('more tabs than a browser keeps connections all work', async ({ app, page, context }) => {
  const id = await app.open(SHOP);
  for (let tab = 0; tab < 7; tab++) {
    await see(page, false);
    const other = new App(await context.newPage());
    await other.page.goto(`/d/${id}`);
    await other.tab('Refs');
    await expect(other.refs).toHaveCount(2);
    await see(other.page, false);
  }
  await see(page, true);
  await app.tab('Refs');
  await app.refs.filter({ hasText: 'orders_user_fk' }).click();
  await page.keyboard.press('Delete');
  await app.saved();

  const last = new App(context.pages().at(-1) ?? page);
  await see(last.page, true);
  await expect(last.refs).toHaveCount(1);
});

/** Brings a tab to the front or hides it: without a screen all pages count as seen. */
async function see(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !isSeen);
}
