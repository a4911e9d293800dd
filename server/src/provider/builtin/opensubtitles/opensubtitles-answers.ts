import { z } from 'zod';
import { anything, listOf, numberBetween, webAddress, wholeListOf, words } from '../../lenient.js';

const flag = anything.transform((value) => value === true);

const foundSubtitle = z.object({
  attributes: z.object({
    language: words(35).pipe(z.string()),
    release: words(500),
    hearing_impaired: flag,
    moviehash_match: flag,
    machine_translated: flag,
    ai_translated: flag,
    from_trusted: flag,
    download_count: numberBetween(0, 1e12),
    files: listOf(z.object({ file_id: z.int().min(1), file_name: words(500) })),
  }),
});
export type FoundSubtitle = z.infer<typeof foundSubtitle>;

export const foundSubtitles = z.object({ data: wholeListOf(foundSubtitle) });

export const downloadAnswer = z.object({ link: webAddress.pipe(z.string()) });
