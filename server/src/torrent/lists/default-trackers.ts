import { z } from 'zod';
import data from './default-trackers.json' with { type: 'json' };

/** Bundled trackers, with who runs each and where they say so. */
export const defaultTrackers = z
  .object({ trackers: z.array(z.object({ url: z.url(), operator: z.string(), source: z.url() })) })
  .parse(data).trackers;
