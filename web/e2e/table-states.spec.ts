import { expect, test } from './app';
import { SHOP } from './schemas';

test('rows say what is pending, with what they were, and are taken back', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  const before = await app.exported(id, 'dbml');

  await editor.addColumn('nickname', 'text');
  await expect(editor.column('nickname')).toContainText('Added');

  await editor.rename('email', 'mail');
  await editor.setType('mail', 'varchar(80)');
  const mail = editor.column('mail');
  await expect(mail).toContainText(/Changed.*name was email.*type was text/s);
  await mail.getByRole('button', { name: 'Revert column mail' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('name was email');

  await editor.column('manager_id').getByRole('button', { name: 'Delete column' }).click();
  const gone = editor.columns.filter({ hasText: 'manager_id' });
  await expect(gone).toContainText('Removed');
  await expect(editor.pending).toHaveText(/1 (column )?added/);
  await expect(editor.pending).toHaveText(/1 (column )?changed/);
  await expect(editor.pending).toHaveText(/1 (column )?removed/);

  await gone.getByRole('button', { name: 'Take back' }).click();
  await expect(editor.column('manager_id')).not.toContainText('Removed');
  await editor.column('mail').getByRole('button', { name: 'Revert column' }).click();
  await expect(editor.column('email')).not.toContainText('Changed');
  await editor
    .column('nickname')
    .getByRole('button', { name: /^Take column nickname out/ })
    .click();
  await expect(editor.pending).toHaveText('No unsaved changes');
  await expect(editor.panel.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  expect(await app.exported(id, 'dbml')).toBe(before);
});

test('a foreign key is changed, removed, taken back and discarded', async ({ app }) => {
  const id = await app.open(SHOP);
  const before = await app.exported(id, 'dbml');
  const editor = await app.openTable('orders');
  const key = editor.list('Foreign Keys').first();
  await key.getByRole('button', { expanded: false }).click();
  await app.choose('On delete', 'Set null');
  await expect(key).toContainText('changed');
  await expect(key).toContainText(/on delete was.*cascade/i);
  await key.getByRole('button', { name: /^Revert foreign key/ }).click();
  await expect(key).not.toContainText('changed');
  await key.getByRole('button', { name: /^Delete foreign key/ }).click();
  await expect(key).toContainText('removed');
  await key.getByRole('button', { name: /^Take back/ }).click();
  await expect(key).not.toContainText('removed');
  await key.getByRole('button', { name: /^Delete foreign key/ }).click();
  await editor.panel.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(key).not.toContainText('removed');
  await expect(editor.pending).toHaveText('No unsaved changes');
  expect(await app.exported(id, 'dbml')).toBe(before);
});

test('dropping a column that refs use names them first', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('orders');
  await editor.column('id').getByRole('button', { name: 'Delete column id' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/order_lines\.order_id > orders\.id/);
  await dialog.getByRole('button', { name: 'Keep the column' }).click();
  await expect(editor.column('id')).toHaveCount(1);

  await editor.column('id').getByRole('button', { name: 'Delete column id' }).click();
  await dialog.getByRole('button', { name: 'Drop all of it' }).click();
  await expect(editor.panel.getByRole('list', { name: 'Referenced by' })).toContainText(
    'goes with its column',
  );
  await editor.save();
  expect(await app.exported(id, 'postgresql')).not.toMatch(/REFERENCES orders/);
});

test('undo and redo work inside the draft, and leave the diagram alone', async ({ app, page }) => {
  await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.column('email').getByRole('button', { name: 'Not null' }).click();
  await editor.rename('email', 'mail');
  await editor.column('mail').getByRole('button', { name: 'Unique' }).focus();
  await page.keyboard.press('Control+z');
  await expect(editor.column('email')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(editor.pending).toHaveText('No unsaved changes');
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await expect(editor.column('mail')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});
