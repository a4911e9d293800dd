import { z } from 'zod';

/** The part of `ffprobe -of json` that we use; unknown fields are dropped, numbers in text are turned into numbers. */
const numeric = z.coerce.number().catch(NaN);
const tags = z
  .record(z.string(), z.string())
  .catch({})
  .default({})
  .transform((all) => new Map(Object.entries(all).map(([key, value]) => [key.toLowerCase(), value])));

const ffprobeStream = z.object({
  index: z.number().int(),
  codec_type: z.string().default('data'),
  codec_name: z.string().default('unknown'),
  codec_tag_string: z.string().default(''),
  profile: z.string().optional(),
  level: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  r_frame_rate: z.string().default('0/0'),
  avg_frame_rate: z.string().default('0/0'),
  bits_per_raw_sample: numeric.optional(),
  bits_per_sample: numeric.optional(),
  sample_rate: numeric.optional(),
  channels: z.number().optional(),
  channel_layout: z.string().optional(),
  bit_rate: numeric.optional(),
  extradata: z.string().optional(),
  extradata_size: z.number().optional(),
  disposition: z.record(z.string(), z.number()).default({}),
  tags,
  side_data_list: z.array(z.record(z.string(), z.unknown())).default([]),
});
export type FfprobeStream = z.infer<typeof ffprobeStream>;

export const ffprobeOutput = z.object({
  streams: z.array(ffprobeStream).default([]),
  chapters: z.array(z.object({ start_time: numeric, end_time: numeric, tags })).default([]),
  format: z
    .object({
      format_name: z.string().default(''),
      start_time: numeric.optional(),
      duration: numeric.optional(),
      bit_rate: numeric.optional(),
      tags,
    })
    .optional(),
});
export type FfprobeOutput = z.infer<typeof ffprobeOutput>;

/** The bytes of ffprobe's hex dump: `00000000: 0164 0034 …  .d.4`. */
export function hexDump(dump: string | undefined): Buffer {
  const lines = dump?.split('\n') ?? [];
  return Buffer.from(lines.map((line) => line.slice(10, 50).replaceAll(' ', '')).join(''), 'hex');
}
