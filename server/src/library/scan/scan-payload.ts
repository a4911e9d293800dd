import { z } from 'zod';

/** What a scan is asked to do. */
export const scanPayload = z.object({
  libraryId: z.string(),
  /** Look at every file again, changed or not. */
  full: z.boolean().default(false),
  /** Only these directories and what lies below them; the whole library without. */
  within: z
    .array(z.object({ folderId: z.string(), path: z.string() }))
    .max(500)
    .optional(),
});
export type ScanPayload = z.output<typeof scanPayload>;
