import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './app';
import { SHOP } from './schemas';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Placed {
  readonly position: Point;
}

/** What the canvas's element shows of its view. */
interface Seen {
  readonly view: { readonly centre: Point; readonly zoom: number };
}

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

  // It is opened again by a double click.
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  const canvas = page.getByTestId('canvas');
  const document = JSON.parse(await app.exported(id, 'json')) as { notes: readonly Placed[] };
  const note = document.notes[0]?.position;
  if (note === undefined) throw new Error('the note has a place');
  const position = await canvas.evaluate((container, note) => {
    const { centre, zoom } = (container as unknown as Seen).view;
    return {
      x: container.clientWidth / 2 + (note.x + 40 - centre.x) * zoom,
      y: container.clientHeight / 2 + (note.y + 40 - centre.y) * zoom,
    };
  }, note);
  await canvas.dblclick({ position });
  await expect(text).toHaveValue('Ask Ann\nabout tax');

  await panel.getByRole('button', { name: 'Delete note' }).click();
  await expect(panel).toBeHidden();
  await expect.poll(() => app.exported(id, 'dbml')).not.toContain('taxes');
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect.poll(() => app.exported(id, 'dbml')).toContain('Note taxes');
});
