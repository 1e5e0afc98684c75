import { expect, test } from './app';

test('a diagram is made, renamed, thrown away, brought back and deleted', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'New diagram' }).click();
  await expect(page).toHaveURL(/\/d\//);
  const title = page.getByLabel('Name of the diagram');
  await title.fill('My plan');
  await title.press('Enter');
  await page.getByRole('link', { name: 'All diagrams' }).click();
  await expect(page.getByRole('link', { name: 'My plan' })).toBeVisible();

  await page.getByRole('button', { name: 'More for My plan' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const name = page.getByLabel('Name of the diagram');
  await name.fill('Our plan');
  await name.press('Enter');
  await expect(page.getByRole('link', { name: 'Our plan' })).toBeVisible();

  await page.getByRole('button', { name: 'More for Our plan' }).click();
  await page.getByRole('menuitem', { name: 'Move to trash' }).click();
  await expect(page.getByRole('link', { name: 'Our plan' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Our plan' })).toBeVisible();

  await page.getByRole('button', { name: 'More for Our plan' }).click();
  await page.getByRole('menuitem', { name: 'Move to trash' }).click();
  await page.getByRole('tab', { name: /Trash/ }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('tab', { name: /All diagrams/ }).click();
  await expect(page.getByRole('link', { name: 'Our plan' })).toBeVisible();

  await page.getByRole('button', { name: 'More for Our plan' }).click();
  await page.getByRole('menuitem', { name: 'Move to trash' }).click();
  await page.getByRole('tab', { name: /Trash/ }).click();
  await page.getByRole('button', { name: 'Delete Our plan for good' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
});

test('a sample opens as a diagram', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Web shop/ }).click();
  await expect(page).toHaveURL(/\/d\//);
  await expect(page.getByRole('tab', { name: /Tables \d+/ })).toBeVisible();
});

test('an address that leads nowhere says so', async ({ page }) => {
  await page.goto('/d/019abcde-0000-7000-8000-000000000000');
  await expect(page.getByText('This diagram is not there')).toBeVisible();
});
