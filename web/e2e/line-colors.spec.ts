import AxeBuilder from '@axe-core/playwright';

import { expect, test } from './app';
import { SHOP } from './schemas';

test('lines are coloured by what a delete does, and stay so', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const legend = page.getByRole('region', { name: 'Colours of lines: On delete' });
  const choose = async (entry: string) => {
    await page.getByRole('button', { name: 'Look of lines' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  const svg = async (more = '') => {
    const answer = await page.request.get(`/api/diagrams/${id}/image?format=svg${more}`);
    return answer.text();
  };
  const CASCADE = '<g stroke="#d9480f" stroke-width="2"';
  await expect(legend).toHaveCount(0);
  expect(await svg()).not.toContain(CASCADE);

  await choose('Colour by On Delete');
  await expect(legend.getByRole('listitem')).toHaveText(['Cascade', 'No action']);
  await app.saved();
  expect(await svg()).toContain(CASCADE);
  expect(await svg('&lineColors=ref')).not.toContain(CASCADE);
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations).toEqual([]);

  await page.reload();
  await expect(legend).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');

  await choose('Colour by ref');
  await expect(legend).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(legend).toBeVisible();
});

test('lines are coloured by the group of the table that they lead to', async ({ app, page }) => {
  await app.open(`
Table users {
  id int [pk]
}
Table orders {
  id int [pk]
  user_id int [ref: > users.id]
  parent_id int [ref: > orders.id]
}
TableGroup people [color: #e8590c] {
  users
}
`);
  await page.getByRole('button', { name: 'Look of lines' }).click();
  await page.getByRole('menuitem', { name: 'Colour by group' }).click();
  const legend = page.getByRole('region', { name: 'Colours of lines: Lines to the group' });
  await expect(legend.getByRole('listitem')).toHaveText(['people', 'No group']);
});
