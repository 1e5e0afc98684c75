import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './app';
import { SHOP } from './schemas';

test('a sticky note is made, written, coloured, sized, deleted and brought back', async ({
  app,
  page,
}) => {
  const id = await app.open(SHOP);
  await page.keyboard.press('n');
  const panel = page.getByRole('complementary', { name: 'Details' });
  const text = panel.getByLabel('Text', { exact: true });
  await text.fill('Ask Ann\nabout tax');
  await text.press('Control+Enter');
  await panel.getByLabel('Name').fill('taxes');
  await panel.getByLabel('Name').press('Enter');
  await panel.getByRole('radio', { name: 'Green' }).click();
  await panel.getByRole('radio', { name: 'Large' }).click();
  await expect
    .poll(() => app.exported(id, 'dbml'))
    .toMatch(/Note taxes \[color: #2f9e44\] \{[^}]*Ask Ann\s+about tax/);
  await expect.poll(() => app.exported(id, 'json')).toContain('"width": 320');

  const axe = await new AxeBuilder({ page }).include('aside.right').analyze();
  expect(axe.violations).toEqual([]);

  // It is opened again by a double click, and by Enter on the canvas.
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  const canvas = page.getByTestId('canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the canvas is shown');
  await canvas.dblclick({ position: { x: box.width / 2, y: box.height / 2 } });
  await expect(text).toHaveValue('Ask Ann\nabout tax');

  await panel.getByRole('button', { name: 'Delete note' }).click();
  await expect(panel).toBeHidden();
  await expect.poll(() => app.exported(id, 'dbml')).not.toContain('taxes');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => app.exported(id, 'dbml')).toContain('Note taxes');
});
