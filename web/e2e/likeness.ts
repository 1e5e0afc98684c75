import type { Page } from '@playwright/test';

/** Pixels that are averaged before two pictures are compared, so that smooth edges may differ. */
const BLOCK = 6;

/** How two pictures of one size differ. */
export interface Likeness {
  readonly blocks: number;
  /** Blocks whose mean colour differs by more than a tolerance of smooth edges explains. */
  readonly unlike: number;
  /** Where the worst block is, and by how much its mean colour differs, of 255. */
  readonly worst: { readonly x: number; readonly y: number; readonly by: number };
}

/** Compares two PNG files as somebody would who does not look at single pixels. */
export function compare(page: Page, a: Buffer, b: Buffer, tolerance: number): Promise<Likeness> {
  return page.evaluate(
    async ({ files, block, most }) => {
      const read = async (file: string) => {
        const bytes = Uint8Array.from(atob(file), (it) => it.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const ctx = canvas.getContext('2d');
        if (ctx === null) throw new Error('this browser has no 2D canvas');
        ctx.drawImage(image, 0, 0);
        return ctx.getImageData(0, 0, image.width, image.height);
      };
      const mean = ({ data, width }: ImageData, left: number, top: number) => {
        const sum = [0, 0, 0];
        for (let y = top; y < top + block; y += 1) {
          for (let x = left; x < left + block; x += 1) {
            for (let c = 0; c < 3; c += 1) {
              sum[c] = (sum[c] ?? 0) + (data[4 * (y * width + x) + c] ?? 0);
            }
          }
        }
        return sum.map((it) => it / (block * block));
      };
      const [one, other] = await Promise.all(files.map(read));
      if (one === undefined || other === undefined) throw new Error('there are two pictures');
      if (one.width !== other.width || one.height !== other.height) {
        throw new Error(`${one.width}x${one.height} is not ${other.width}x${other.height}`);
      }
      let [blocks, unlike] = [0, 0];
      let worst = { x: 0, y: 0, by: 0 };
      for (let y = 0; y + block <= one.height; y += block) {
        for (let x = 0; x + block <= one.width; x += block) {
          const there = mean(other, x, y);
          const by = Math.max(...mean(one, x, y).map((it, c) => Math.abs(it - (there[c] ?? 0))));
          blocks += 1;
          if (by > most) unlike += 1;
          if (by > worst.by) worst = { x, y, by };
        }
      }
      return { blocks, unlike, worst };
    },
    { files: [a, b].map((it) => it.toString('base64')), block: BLOCK, most: tolerance },
  );
}
