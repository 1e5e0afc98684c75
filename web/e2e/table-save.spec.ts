import { App, expect, test } from './app';
import { SHOP } from './schemas';

test('a save that the server refuses changes nothing and says why at the field', async ({
  app,
  page,
}) => {
  const id = await app.open(SHOP);
  const before = await app.exported(id, 'dbml');
  const editor = await app.openTable('users');
  await editor.rename('email', 'mail');
  await editor.addColumn('nickname', 'text');
  const column = await editor.column('mail').getAttribute('data-item');
  await page.route('**/changes', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status: 422,
        code: 'rejected',
        title: 'the change-set is refused',
        detail: 'the change-set is refused',
        reasons: [
          {
            change: 0,
            entity: { kind: 'column', id: column },
            field: 'name',
            code: 'schema/duplicate-column-name',
            message: 'the table has a column `mail` already',
          },
        ],
      }),
    }),
  );
  await editor.panel.getByRole('button', { name: 'Save', exact: true }).click();
  const row = editor.column('mail');
  await expect(row).toContainText('The table has a column mail already');
  await expect(row.getByLabel('Column name')).toBeFocused();
  await expect(row.getByLabel('Column name')).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.column('nickname')).toContainText('Added');
  expect(await app.exported(id, 'dbml')).toBe(before);

  await page.unroute('**/changes');
  await editor.rename('mail', 'e_mail');
  await editor.save();
  expect(await app.exported(id, 'postgresql')).toMatch(/e_mail text[\s\S]*nickname text/);
});

test('what is missing or doubled is said at its field, and not saved', async ({ app }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.rename('email', 'id');
  const doubled = editor.columns.nth(1);
  await expect(doubled.getByLabel('Column name')).toHaveAttribute('aria-invalid', 'true');
  await editor.panel.getByRole('button', { name: 'Add Foreign Key' }).click();
  const key = editor.list('Foreign Keys').last();
  await expect(key.locator('.error')).toHaveCount(0);
  await editor.panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(key.locator('.error')).not.toHaveCount(0);
  expect(await app.exported(id, 'postgresql')).toContain('email');
});

test('offline, a save waits, says so, and is applied once', async ({ app, page, context }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.rename('email', 'mail');
  await context.setOffline(true);
  await editor.panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editor.pending).toContainText('Offline');
  await expect(editor.column('mail')).toContainText('Changed');
  await context.setOffline(false);
  await expect(editor.pending).toHaveText('No unsaved changes');
  const { changes } = (await (
    await page.request.get(`/api/diagrams/${id}/changes?after=0`)
  ).json()) as { changes: { changeSet: { changes: unknown[] } }[] };
  expect(JSON.stringify(changes).match(/"mail"/g)).toHaveLength(1);
});

test('a lost answer does not apply the save twice', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.addColumn('nickname', 'text');
  let n = 0;
  await page.route('**/changes', async (route) => {
    n += 1;
    if (n > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await editor.panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(editor.pending).toHaveText('No unsaved changes');
  expect((await app.exported(id, 'postgresql')).match(/nickname/g)).toHaveLength(1);
});

test('a reload offers the draft again, over the canvas and in the panel', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.rename('email', 'mail');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const notice = page.getByRole('region', { name: 'Unsaved changes of an earlier visit' });
  await expect(notice).toContainText('users');
  await notice.getByRole('button', { name: 'Restore' }).click();
  await expect(editor.column('mail')).toContainText('Changed');
  await expect(notice).toHaveCount(0);

  await page.reload();
  await app.openTable('users');
  await expect(editor.column('email')).toHaveCount(1);
  await editor.panel.getByRole('button', { name: 'Restore' }).click();
  await expect(editor.column('mail')).toContainText('Changed');
  await editor.save();
  expect(await app.exported(id, 'postgresql')).toContain('mail text');
  await page.reload();
  await app.saved();
  await expect(notice).toHaveCount(0);
});

test('closing with pending changes asks once', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const editor = await app.openTable('users');
  await editor.rename('email', 'mail');
  const dialog = page.getByRole('dialog', { name: 'Save what you changed?' });

  await editor.panel.getByRole('button', { name: 'Close' }).click();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(editor.column('mail')).toContainText('Changed');

  await editor.column('mail').getByRole('button', { name: 'Unique' }).focus();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(editor.panel).toHaveCount(0);
  expect(await app.exported(id, 'postgresql')).not.toContain('mail text,\n  mail');

  await app.openTable('users');
  await editor.rename('email', 'mail');
  await page
    .getByRole('list', { name: 'Tables', exact: true })
    .getByRole('button', { name: /^shipments\b/ })
    .click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Table shipments' })).toBeVisible();
  expect(await app.exported(id, 'postgresql')).toContain(' mail text');

  await app.openTable('users');
  await editor.rename('mail', 'post');
  await page.getByRole('link', { name: 'All diagrams' }).click();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(page).toHaveURL('/');

  await page.locator(`a[href="/d/${id}"]`).first().click();
  await app.openTable('users');
  await editor.rename('mail', 'post');
  await page.goBack();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page).toHaveURL(`/d/${id}`);
  await expect(editor.column('post')).toContainText('Changed');
  await page.goBack();
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(page).toHaveURL('/');
});

test.describe('two people at one table', () => {
  test('what does not touch merges without a question, and is told', async ({
    app,
    browser,
    server,
  }) => {
    const id = await app.open(SHOP);
    const context = await browser.newContext({ baseURL: server });
    const other = new App(await context.newPage());
    await other.page.goto(`/d/${id}`);
    const mine = await app.openTable('users');
    const theirs = await other.openTable('users');

    await mine.rename('email', 'mail');
    await theirs.setType('manager_id', 'integer');
    await theirs.save();
    await expect(mine.panel).toContainText('Somebody else saved this table');
    await expect(mine.panel.getByRole('combobox', { name: 'Type of manager_id' })).toHaveValue(
      'integer',
    );
    await expect(mine.column('mail')).toContainText('Changed');
    await mine.panel.getByRole('button', { name: 'Dismiss' }).first().click();
    await mine.save();
    await expect(theirs.column('mail')).toHaveCount(1);
    expect(await app.exported(id, 'postgresql')).toMatch(/mail text[\s\S]*manager_id integer/);
    await context.close();
  });

  test('what both changed is decided field by field', async ({ app, browser, server }) => {
    const id = await app.open(SHOP);
    const context = await browser.newContext({ baseURL: server });
    const other = new App(await context.newPage());
    await other.page.goto(`/d/${id}`);
    const mine = await app.openTable('users');
    const theirs = await other.openTable('users');

    await mine.rename('email', 'mail');
    await mine.setType('manager_id', 'integer');
    await theirs.rename('email', 'address');
    await theirs.setType('manager_id', 'smallint');
    await theirs.save();

    const resolver = mine.panel.getByRole('region', { name: 'Somebody else changed the same' });
    await expect(resolver).toContainText('address');
    const save = resolver.getByRole('button', { name: 'Use these and save' });
    await expect(save).toBeDisabled();
    await resolver.getByRole('group', { name: /name/ }).getByLabel(/Yours/).check();
    await resolver
      .getByRole('group', { name: /type/ })
      .getByLabel(/Theirs/)
      .check();
    await save.click();
    await expect(mine.pending).toHaveText('No unsaved changes');
    expect(await app.exported(id, 'postgresql')).toMatch(/mail text[\s\S]*manager_id smallint/);
    await expect(theirs.column('mail')).toHaveCount(1);
    await context.close();
  });
});

test('the pending changes are shown as SQL, with the way back', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const before = await app.exported(id, 'dbml');
  const editor = await app.openTable('users');
  await editor.rename('email', 'mail');
  await editor.addColumn('nickname', 'text');
  await editor.panel.getByRole('button', { name: 'Show the SQL of the save' }).click();
  const dialog = page.getByRole('dialog', { name: 'SQL of these changes' });
  const there = dialog.getByRole('region', { name: 'Changes' });
  const back = dialog.getByRole('region', { name: 'Undo' });
  await expect(there).toContainText('RENAME COLUMN email TO mail');
  await expect(there).toContainText(/ADD COLUMN nickname text/);
  await expect(back).toContainText('RENAME COLUMN mail TO email');
  await expect(back).toContainText('DROP COLUMN nickname');
  await page.keyboard.press('Escape');
  await expect(editor.column('mail')).toContainText('Changed');
  expect(await app.exported(id, 'dbml')).toBe(before);
});
