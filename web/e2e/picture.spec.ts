import { type Page } from '@playwright/test';

import { expect, test } from './app';
import { compare } from './likeness';

/** Each kind of thing that is drawn: keys, groups, notes, colours, self, parallel and composite refs. */
const ALL_KINDS = `
Table crm.customers as C [headercolor: #2f6fde, note: 'who buys'] {
  id bigint [pk]
  email varchar(255) [unique, not null]
  manager_id bigint [ref: > crm.customers.id]
  home_id bigint [ref: > addresses.id]
  work_id bigint [ref: > addresses.id]
}
Table addresses {
  id bigint [pk]
  street text
}
Table orders [headercolor: #fff3bf] {
  shop int
  number int
  customer_id bigint [not null]
  indexes {
    (shop, number) [pk]
  }
}
Table order_lines {
  id bigint [pk]
  shop int
  number int
}
Table profiles {
  customer_id bigint [pk, ref: - crm.customers.id]
}
Table tags {
  id bigint [pk]
}
Ref placed [color: #d9480f]: orders.customer_id > crm.customers.id [delete: cascade]
Ref: order_lines.(shop, number) > orders.(shop, number) [delete: set null]
Ref: tags.id <> addresses.id
TableGroup sales [color: #1098ad] {
  orders
  order_lines
}
Note later {
  'Shipments come later, once the warehouse has said what it needs of us.'
}
Note coloured [color: #c2255c] {
  'Here be dragons'
}
`;

/** How much the mean colour of a block may differ. */
const TOLERANCE = 15;
/** How many blocks may differ by more: fewer than a line of 100 pixels runs through. */
const FEW = 15;

interface View {
  readonly shown: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  restore(camera: { x: number; y: number; zoom: number }): void;
}

/** Shows the diagram at 100%, and gives the rectangle of it that is in view. */
async function atFullSize(page: Page): Promise<string> {
  const canvas = page.getByTestId('canvas');
  const area = await canvas.evaluate((element) => {
    const { view } = element as unknown as { view: View };
    const { x, y } = view.shown;
    view.restore({ x: Math.round(x), y: Math.round(y), zoom: 1 });
    const { w, h } = view.shown;
    return [Math.round(x), Math.round(y), Math.round(w), Math.round(h)].join(',');
  });
  await expect(page.getByRole('button', { name: /^Zoom 100%/ })).toBeVisible();
  return area;
}

/** What the canvas shows, without what lies over it. */
function canvasPicture(page: Page): Promise<Buffer> {
  const style = '.over-canvas, .canvas-minimap { visibility: hidden !important }';
  return page.getByTestId('canvas').screenshot({ style, animations: 'disabled' });
}

for (const theme of ['light', 'dark'] as const) {
  test(`a picture is like the canvas, ${theme}`, async ({ app, page }, info) => {
    await page.addInitScript((it) => localStorage.setItem('crowfoot.theme', it), theme);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1600, height: 1000 });
    const id = await app.open(ALL_KINDS);
    const area = await atFullSize(page);
    const drawn = async () => {
      const query = `format=png&theme=${theme}&area=${area}`;
      const answer = await page.request.get(`/api/diagrams/${id}/image?${query}`);
      expect(answer.ok(), await answer.text()).toBe(true);
      return answer.body();
    };
    const look = async (entry: string) => {
      await page.getByRole('button', { name: 'Look of lines' }).click();
      await page.getByRole('menuitem', { name: entry }).click();
      await app.saved();
    };
    const likeness = async (picture: Buffer, name: string) => {
      const canvas = await canvasPicture(page);
      await info.attach(`${name} canvas`, { body: canvas, contentType: 'image/png' });
      await info.attach(`${name} picture`, { body: picture, contentType: 'image/png' });
      return compare(page, canvas, picture, TOLERANCE);
    };

    const looks = ["Crow's foot", '1 and * labels', 'IDEF1X dots'];
    for (const entry of [...looks, 'Colour by On Delete', 'Colour by group']) {
      await look(entry);
      const { unlike, worst } = await likeness(await drawn(), entry);
      expect(unlike, `${entry}: ${JSON.stringify(worst)}`).toBeLessThanOrEqual(FEW);
    }

    // Where a single line is missing, it is no picture of the canvas any more.
    const canvas = await canvasPicture(page);
    await app.tab('Refs');
    await app.refs.filter({ hasText: 'profiles.customer_id' }).click();
    await page.getByRole('button', { name: 'Delete ref' }).click();
    await expect(page.getByText('is deleted')).toBeVisible();
    await app.saved();
    const { unlike } = await compare(page, canvas, await drawn(), TOLERANCE);
    expect(unlike).toBeGreaterThan(FEW);
  });
}
