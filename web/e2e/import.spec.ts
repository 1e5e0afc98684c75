import { expect, test } from './app';
import { SHOP } from './schemas';

test('SQL is pasted, previewed with what was not understood, and opened', async ({ app, page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const text = `${SHOP}\nCREATE FOO bar;\nGRANT ALL ON users TO clerk;`;
  await page.getByLabel('SQL or DBML to import').fill(text);

  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('4 tables', { exact: true })).toBeVisible();
  await expect(page.getByText('order_lines', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Not understood' }).click();
  await expect(page.getByText('CREATE FOO bar;', { exact: true })).toBeVisible();
  await expect(page.getByText('GRANT ALL ON users TO clerk;', { exact: true })).toBeHidden();
  await page.getByRole('tab', { name: 'Left out on purpose 1' }).click();
  await expect(page.getByText('GRANT ALL ON users TO clerk;', { exact: true })).toBeVisible();

  await page.getByLabel('Name').fill('Pasted shop');
  await page.getByRole('button', { name: 'Create diagram' }).click();

  await expect(page).toHaveURL(/\/d\//);
  await expect(page.getByLabel('Name of the diagram')).toHaveValue('Pasted shop');
  const tables = page.getByRole('list', { name: 'Tables', exact: true }).getByRole('listitem');
  await expect(tables).toHaveText([/order_lines/, /orders/, /shipments/, /users/]);
  await app.tab('Refs');
  await expect(app.refs).toHaveText([
    /order_lines\.order_id\s*>\s*orders\.id/,
    /orders\.user_id\s*>\s*users\.id\s*orders_user_fk · on delete cascade/,
  ]);
});

test('a file is chosen and named after itself', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByLabel('File to import').setInputFiles({
    name: 'library.dbml',
    mimeType: 'text/plain',
    buffer: Buffer.from('Table books {\n  id int [pk]\n  title text\n}\n'),
  });
  await expect(page.getByText('Read as DBML')).toBeVisible();
  await page.getByRole('button', { name: 'Create diagram' }).click();
  await expect(page.getByLabel('Name of the diagram')).toHaveValue('library');
});

test('a text that is nothing is refused with the reason', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByLabel('SQL or DBML to import').fill('hello there');
  await expect(page.getByRole('dialog')).toContainText(/neither SQL|nothing to import/);
  await expect(page.getByRole('button', { name: 'Create diagram' })).toBeDisabled();
});

test('an import into a diagram tells what it left as it is', async ({ app, page }) => {
  await app.open(SHOP);
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Table, column, ref or action').fill('Import into');
  await page.keyboard.press('Enter');
  await page
    .getByLabel('SQL or DBML to import')
    .fill('CREATE TABLE users (id int);\nCREATE TABLE coupons (id int PRIMARY KEY);');
  await page.getByRole('button', { name: 'Add to diagram' }).click();
  const left = page.getByRole('list', { name: 'Tables that were not added' });
  await expect(left.getByRole('listitem')).toHaveText(['users']);
  await page.getByRole('button', { name: 'Done' }).click();
  const tables = page.getByRole('list', { name: 'Tables', exact: true });
  await expect(tables.getByText('coupons')).toBeVisible();
});
