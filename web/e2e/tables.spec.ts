import { expect, test } from './app';
import { SHOP } from './schemas';

test('an export shows, per format, names and actions', async ({ app, page }) => {
  await app.open(SHOP);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const text = page.getByLabel('Exported text');
  await expect(text).toContainText('CONSTRAINT orders_user_fk');
  await expect(text).toContainText('ON DELETE CASCADE');
  await page.getByRole('radio', { name: 'DBML' }).click();
  await expect(text).toContainText('orders_user_fk');
  await expect(text).toContainText('delete: cascade');
  await page.getByRole('radio', { name: 'SVG' }).click();
  await expect(page.getByAltText('The diagram')).toBeVisible();
});

test('anything is found by name', async ({ app, page }) => {
  await app.open(SHOP);
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder('Table, column, ref or action')).toBeFocused();
  await page.keyboard.type('shipm');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Table shipments' })).toBeVisible();
});
