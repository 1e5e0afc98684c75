import { expect, test } from './app';

/** More tables than are arranged at once; few have refs, so that the page is quick. */
const MANY = Array.from({ length: 501 }, (_, at) => {
  const up = at % 10 === 1 ? ` REFERENCES t${at - 1} (id)` : '';
  return `CREATE TABLE t${at} (id int PRIMARY KEY, up int${up});`;
}).join('\n');

test('many tables are arranged beside the page, which may cancel it', async ({ app, page }) => {
  const id = await app.open(MANY);
  const places = async () => {
    const answer = await page.request.get(`/api/diagrams/${id}/snapshot`);
    const { diagram } = (await answer.json()) as { diagram: { tables: unknown[] } };
    return diagram.tables;
  };
  const before = await places();
  const status = page.getByRole('status').filter({ hasText: 'Arranging 501 tables' });
  const arrange = async () => {
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: /in layers/ }).click();
  };

  // The worker does not come to its work before it is cancelled.
  await page.route(/arrange\.worker/, () => undefined);
  await arrange();
  await status.getByRole('button', { name: 'Cancel' }).click();
  await expect(status).toBeHidden();
  await page.unroute(/arrange\.worker/);
  expect(await places()).toEqual(before);

  // Whatever the bar shows is written down: it may be there for a moment only.
  await page.evaluate(() => {
    const shown: number[] = [];
    Object.assign(window, { shown });
    const look = () => {
      const value = document.querySelector('progress')?.value;
      if (value !== undefined && value !== shown.at(-1)) shown.push(value);
    };
    const how = { subtree: true, childList: true, attributes: true };
    new MutationObserver(look).observe(document.body, how);
  });
  await arrange();
  await expect(page.getByRole('button', { name: /^Undo/ }).first()).toBeEnabled({
    timeout: 60_000,
  });
  await expect(status).toBeHidden();
  const shown = await page.evaluate(() => (window as unknown as { shown: number[] }).shown);
  expect(shown[0]).toBe(0);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown.toSorted((a, b) => a - b)).toEqual(shown);
  await app.saved();
  expect(await places()).not.toEqual(before);
  await page.keyboard.press('Control+z');
  await expect.poll(places).toEqual(before);
});
