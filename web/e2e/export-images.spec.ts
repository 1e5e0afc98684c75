import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

import { expect, test } from './app';
import { SHOP } from './schemas';

/** Opens the dialog at a format and saves what it makes. */
async function saved(page: Page, format: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('radio', { name: format, exact: true }).click();
  const button = page.getByRole('button', { name: 'Download' });
  await expect(button).toBeEnabled();
  const download = page.waitForEvent('download');
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('a diagram is saved as SVG, PNG and PDF', async ({ app, page }) => {
  await app.open(SHOP, 'Web Shop');
  await page.getByRole('button', { name: 'Export', exact: true }).click();

  const svg = await saved(page, 'SVG');
  expect(svg.name).toBe('web-shop.svg');
  expect(svg.bytes.toString()).toContain('<title id="title">Web Shop</title>');
  await expect(page.getByAltText('The diagram')).toBeVisible();
  await page.getByRole('radio', { name: 'Dark' }).click();
  expect((await saved(page, 'SVG')).bytes.toString()).toContain('#12161c');

  const png = await saved(page, 'PNG');
  expect(png.name).toBe('web-shop.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  const width = png.bytes.readUInt32BE(16);
  await page.getByRole('radio', { name: '1x' }).click();
  const small = await saved(page, 'PNG');
  expect(small.bytes.readUInt32BE(16)).toBe(width / 2);

  const pdf = await saved(page, 'PDF');
  expect(pdf.name).toBe('web-shop.pdf');
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations).toEqual([]);
});

test('the selected tables alone are drawn', async ({ app, page }) => {
  await app.open(SHOP);
  await app.openTable('orders');
  await page.keyboard.press('Control+e');
  await page.getByRole('radio', { name: 'SVG', exact: true }).click();
  await page.getByRole('radio', { name: 'Selected tables' }).click();
  const svg = (await saved(page, 'SVG')).bytes.toString();
  expect(svg).toContain('1 table with');
  expect(svg).toContain('>orders</text>');
});
