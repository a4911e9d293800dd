import { z } from 'zod';

/** What a device does beyond decoding, where it is known and not what browsers do. */
export const deviceTraits = z
  .object({
    /** Shows interlaced pictures without combs. Browsers do not. */
    deinterlaces: z.boolean().default(false),
    /** Honours the sample aspect ratio. Browsers do. */
    anamorphic: z.boolean().default(true),
    /** Honours the rotation in a file. Browsers do. */
    rotates: z.boolean().default(true),
    /** Takes any audio track of a file played directly. Browsers play the default one. */
    choosesAudioTrack: z.boolean().default(false),
    /** Begins at key frames whose neighbours need what lies before (open groups of pictures). Chromium's decoder gives up. */
    entersOpenGroups: z.boolean().default(true),
    /** Frames per second. */
    maxFrameRate: z.number().positive().optional(),
  })
  .readonly();
export type DeviceTraits = z.infer<typeof deviceTraits>;

/** What a browser does, and is assumed of whoever says nothing. */
export const browserTraits: DeviceTraits = deviceTraits.parse({});
