import { z } from 'zod';

/** A picture: `url` is signed and takes `&width=` (see `imageWidths`). */
export const image = z.object({
  url: z.string(),
  width: z.int(),
  height: z.int(),
  blurhash: z.string().nullable(),
  /** Main colour as `#rrggbb`. */
  color: z.string().nullable(),
});
export type Image = z.infer<typeof image>;
