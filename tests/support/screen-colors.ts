import type { Page } from 'playwright-core';

/** 0–255 each. */
export type Color = readonly [red: number, green: number, blue: number];

/**
 * What a person sees at places of the film, whoever drew it: read from a photograph of the page.
 * @param places across and down, 0–1 of a 16:9 picture that is fitted into the page
 */
export async function colorsAt(page: Page, places: readonly (readonly [number, number])[]): Promise<Color[]> {
  const photograph = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ({ photograph, places }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${photograph}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.drawImage(image, 0, 0);
      const width = Math.min(image.width, (image.height * 16) / 9);
      const height = (width * 9) / 16;
      return places.map(([across, down]) => {
        const x = (image.width - width) / 2 + across * width;
        const y = (image.height - height) / 2 + down * height;
        const [red = 0, green = 0, blue = 0] = pen.getImageData(Math.round(x), Math.round(y), 1, 1).data;
        return [red, green, blue] as const;
      });
    },
    { photograph, places },
  );
}

/** One word for a colour that is nearly pure. */
export function nameOf([red, green, blue]: Color): string {
  const bits = [red, green, blue].map((part) => (part > 190 ? '1' : part < 70 ? '0' : '?')).join('');
  const known: Record<string, string> = {
    '000': 'black',
    '100': 'red',
    '010': 'green',
    '001': 'blue',
    '111': 'white',
  };
  return known[bits] ?? `${red},${green},${blue}`;
}
