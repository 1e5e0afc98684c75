import { expect, test } from './app';
import { SHOP } from './schemas';

test('tables are arranged in layers, tidied, and put back', async ({ app, page }) => {
  const id = await app.open(SHOP);
  const arrange = async (entry: RegExp) => {
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  const places = async () => {
    const answer = await page.request.get(`/api/diagrams/${id}/snapshot`);
    return ((await answer.json()) as { diagram: { tables: Placed[] } }).diagram.tables;
  };

  const before = await places();
  const x = (tables: Placed[], name: string) => tables.find((it) => it.name === name)?.position.x;

  await arrange(/in layers/);
  await app.saved();
  const layered = await places();
  expect(x(layered, 'users')).toBeLessThan(x(layered, 'orders') ?? 0);

  await page.keyboard.press('Control+z');
  await expect.poll(places).toEqual(before);

  await page.getByRole('button', { name: 'Arrange', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^Tidy/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await arrange(/^Tidy/);
  await app.saved();
});

interface Placed {
  readonly name: string;
  readonly position: { readonly x: number; readonly y: number };
}
