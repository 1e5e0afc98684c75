import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, test } from './app';
import { SHOP } from './schemas';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html}`));
}

for (const theme of ['light', 'dark'] as const) {
  test(`no page has a fault that axe finds, ${theme}`, async ({ app, page }) => {
    await page.addInitScript((choice) => localStorage.setItem('crowfoot.theme', choice), theme);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await app.open(SHOP);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await page.getByRole('button', { name: 'orders', exact: false }).first().click();
    expect(await faults(page), 'table editor').toEqual([]);
    const editor = await app.openTable('orders');
    await editor.rename('user_id', 'buyer_id');
    await editor.column('buyer_id').getByRole('button', { name: 'More of' }).click();
    await editor.addColumn('total', 'numeric');
    await editor.list('Foreign Keys').first().getByRole('button', { expanded: false }).click();
    await editor.panel.getByRole('button', { name: 'Add index' }).click();
    await editor.panel.getByRole('button', { name: 'Add check' }).click();
    await editor.panel.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(editor.pending).toContainText('Not saved');
    expect(await faults(page), 'table editor with pending changes').toEqual([]);
    await editor.panel.getByRole('button', { name: 'Discard', exact: true }).click();
    await app.tab('Refs');
    await app.refs.first().click();
    expect(await faults(page), 'ref editor').toEqual([]);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByLabel('Exported text')).toBeVisible();
    expect(await faults(page), 'export').toEqual([]);

    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Test' }).first()).toBeVisible();
    expect(await faults(page), 'start page').toEqual([]);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByLabel('SQL or DBML to import').fill(`${SHOP}\nCREATE FOO bar;`);
    await expect(page.getByRole('dialog').getByText('4 tables')).toBeVisible();
    expect(await faults(page), 'import').toEqual([]);
  });
}

test('the theme is switched and remembered', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('shortcuts of one letter are switched off, and stay so', async ({ app, page }) => {
  await app.open(SHOP);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByText('New ref')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Shortcuts of a single letter or sign' }).uncheck();
  await expect(dialog.getByText('New ref')).toHaveCount(0);
  await page.reload();
  await app.saved();
  await page.keyboard.press('r');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('form', { name: 'New ref' })).toHaveCount(0);
});
