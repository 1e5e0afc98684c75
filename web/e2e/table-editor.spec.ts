import { expect, test } from './app';
import { SHOP } from './schemas';

test('the table itself and its columns are edited, and saved as one step', async ({
  app,
  page,
}) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('orders');
  await editor.panel.getByLabel('Name', { exact: true }).fill('purchases');
  await editor.panel.getByLabel('Schema', { exact: true }).fill('sales');
  await editor.panel.getByLabel('Alias', { exact: true }).fill('P');
  await editor.panel.getByLabel('Note', { exact: true }).fill('What people bought');
  await editor.panel.getByRole('radio', { name: 'Teal' }).click();
  await editor.addColumn('total', 'numeric(10, 2)');
  await editor.column('total').getByRole('button', { name: 'Not null' }).click();
  await editor.column('total').getByRole('button', { name: 'More of total' }).click();
  await editor.panel.getByLabel('Default', { exact: true }).fill('0');
  await editor.panel.getByLabel('Column note').fill('with taxes');
  await editor.rename('user_id', 'buyer_id');
  await expect(editor.pending).toContainText('1 column added');

  // Nothing has left the panel yet.
  expect(await app.exported(id, 'postgresql')).not.toContain('purchases');
  await editor.save();
  const sql = await app.exported(id, 'postgresql');
  expect(sql).toMatch(/CREATE TABLE sales\.purchases/);
  expect(sql).toMatch(/total numeric\(10, ?2\) (DEFAULT 0 NOT NULL|NOT NULL DEFAULT 0)/);
  expect(sql).toMatch(/FOREIGN KEY \(buyer_id\)/);
  expect(sql).toContain('with taxes');
  expect(await app.exported(id, 'dbml')).toMatch(/purchases as P/);

  // All of it is one step of the diagram's undo.
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await app.saved();
  const before = await app.exported(id, 'postgresql');
  expect(before).toMatch(/CREATE TABLE orders/);
  expect(before).not.toContain('total');
  expect(before).toMatch(/FOREIGN KEY \(user_id\)/);
});

test('indexes and checks are added, edited and removed', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('order_lines');
  await editor.panel.getByRole('button', { name: 'Add index' }).click();
  await editor.panel.getByRole('radio', { name: 'Unique index' }).click();
  await app.pick('Add a column to the index', 'sku');
  await app.pick('Add a column to the index', 'order_id');
  await editor.panel.getByRole('button', { name: 'Move index column 2 up' }).click();
  await editor.panel.getByLabel('Name of the index').fill('lines_sku');
  await editor.panel.getByLabel('Only rows where').fill('sku is not null');
  await expect(editor.list('Indexes')).toContainText(['order_id, sku']);

  await editor.panel.getByRole('button', { name: 'Add check' }).click();
  await editor.panel.getByLabel('Condition').fill('line_no > 0');
  await editor.panel.getByLabel('Name of the check').fill('line_no_positive');
  await expect(editor.pending).toHaveText(/1 index added.*1 check added/);
  await editor.save();

  const sql = await app.exported(id, 'postgresql');
  expect(sql).toMatch(
    /CREATE UNIQUE INDEX lines_sku ON order_lines \(order_id, sku\) WHERE \(?sku is not null/i,
  );
  expect(sql).toMatch(/CONSTRAINT line_no_positive CHECK \(line_no > 0\)/);

  await editor
    .list('Indexes')
    .getByRole('button', { name: /^Delete index/ })
    .click();
  await expect(editor.list('Indexes')).toContainText(['removed']);
  await editor.save();
  await page.reload();
  const after = await app.exported(id, 'postgresql');
  expect(after).not.toContain('lines_sku');
  expect(after).toContain('line_no_positive');
});

test('a composite foreign key is added, with a column that is new in the same save', async ({
  app,
}) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('shipments');
  await editor.rename('line_no', 'line');
  await editor.panel.getByRole('button', { name: 'Add Foreign Key' }).click();
  await app.pick('To table', 'order_l');
  await expect(editor.panel.getByLabel('To column 1')).toHaveValue('order_id');
  await expect(editor.panel.getByLabel('To column 2')).toHaveValue('line_no');
  await app.pick('From column 1', 'order_id');
  await app.pick('From column 2', 'line');
  await app.choose('On delete', 'Cascade');
  await app.choose('On update', 'Restrict');
  const form = editor.list('Foreign Keys').last();
  await form.getByLabel('Name', { exact: true }).fill('shipments_line_fk');
  await expect(form).toContainText('added');
  await editor.save();

  const sql = await app.exported(id, 'postgresql');
  expect(sql).toMatch(
    /CONSTRAINT shipments_line_fk FOREIGN KEY \(order_id, line\) REFERENCES order_lines \(order_id, line_no\)/,
  );
  expect(sql).toMatch(/ON DELETE CASCADE ON UPDATE RESTRICT|ON UPDATE RESTRICT ON DELETE CASCADE/);
});

test('a suggestion beside columns becomes a pending foreign key of all of them', async ({
  app,
}) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('shipments');
  const suggestion = editor.panel.getByRole('button', {
    name: /^Add the suggested foreign key.*order_lines/,
  });
  await suggestion.first().focus();
  await expect(editor.page.getByRole('tooltip')).toContainText('% sure');
  await suggestion.first().press('Enter');
  await expect(editor.list('Foreign Keys')).toContainText([
    /\(order_id, line_no\) > order_lines\.\(order_id, line_no\).*added/,
  ]);
  await expect(suggestion).toHaveCount(0);
  await editor.save();
  expect(await app.exported(id, 'postgresql')).toMatch(
    /shipments[\s\S]*FOREIGN KEY \(order_id, line_no\) REFERENCES order_lines/,
  );
});

test('a new table opens with its name selected', async ({ app, page }) => {
  const id = await app.open(SHOP);
  await page.getByRole('button', { name: 'New table' }).first().click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('invoices');
  const editor = await app.openedTable('invoices');
  await editor.addColumn('number', 'text');
  await editor.column('number').getByRole('button', { name: 'Unique' }).click();
  await page.keyboard.press('Control+s');
  await expect(editor.pending).toHaveText('No unsaved changes');
  expect(await app.exported(id, 'postgresql')).toMatch(/invoices[^;]*number text[^;]*UNIQUE/);
});

test('double-clicking a table opens it', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const { x, y } = await app.columnAt(id, 'users', 0);
  await page.mouse.dblclick(x + 60, y);
  await expect(page.getByRole('region', { name: 'Table users' })).toBeVisible();
});
