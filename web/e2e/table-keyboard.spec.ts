import { expect, test } from './app';
import { SHOP } from './schemas';

test('columns are moved with the keyboard, which says so', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  const email = editor.column('email').getByLabel('Column name');
  await email.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => editor.names()).toEqual(['email', 'id', 'manager_id']);
  await expect(email).toBeFocused();
  await expect(editor.panel.getByText('email moved to place 1 of 3')).toBeAttached();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => editor.names()).toEqual(['id', 'manager_id', 'email']);
  await editor.save();
  expect(await app.exported(id, 'postgresql')).toMatch(/id bigint[\s\S]*manager_id[\s\S]*email/);
});

test('columns are dragged to another place', async ({ app, page }) => {
  await app.open(SHOP);
  const editor = await app.openTable('users');
  const row = editor.column('manager_id');
  await row.hover();
  const from = await row.locator('.grip').boundingBox();
  const to = await editor.column('id').boundingBox();
  if (!from || !to) throw new Error('the rows are not there');
  await page.mouse.move(from.x + 6, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 4 });
  await page.mouse.move(to.x + 20, to.y + 4, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => editor.names()).toEqual(['manager_id', 'id', 'email']);
});

test('a whole table is written without the mouse', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.column('manager_id').getByLabel('Column name').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('nickname');
  await page.keyboard.press('Tab');
  await page.keyboard.type('text');
  await page.keyboard.press('Tab');
  await editor.column('nickname').getByLabel('Column name').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('born');
  await page.keyboard.press('Tab');
  await page.keyboard.type('date');
  await page.keyboard.press('Control+s');
  await expect(editor.pending).toHaveText('No unsaved changes');
  expect(await app.exported(id, 'postgresql')).toMatch(/nickname text,\s*born date/);
});

for (const [what, text] of [
  ['cells of a spreadsheet', 'sku\tvarchar(40)\tnot null\nprice\tnumeric(8,2)\t'],
  ['lines of DBML', 'sku varchar(40) [not null]\nprice numeric(8,2)'],
] as const) {
  test(`several columns are pasted from ${what}`, async ({ app, page }) => {
    const id = await app.open(SHOP);
    const editor = await app.openTable('users');
    const last = editor.column('manager_id').getByLabel('Column name');
    await last.focus();
    await last.evaluate((field, data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
    await expect.poll(() => editor.names()).toEqual(['id', 'email', 'manager_id', 'sku', 'price']);
    await expect(editor.pending).toContainText('2 columns added');
    await page.keyboard.press('Control+s');
    await expect(editor.pending).toHaveText('No unsaved changes');
    expect(await app.exported(id, 'postgresql')).toMatch(
      /sku varchar\(40\) NOT NULL,\s*price numeric\(8, ?2\)/,
    );
  });
}
