import { type AccountLimits, accountLimits } from '@hearth/contract/account';

/** How much of the server somebody may use. */
export type UsageLimits = Pick<AccountLimits, 'maxStreams' | 'maxBitrate' | 'bandwidth'>;

/** Limits as they are typed: streams as a number, the others in Mbit/s; empty is no limit. */
export interface LimitsDraft {
  readonly streams: string;
  readonly bitrate: string;
  readonly bandwidth: string;
}

export type LimitsField = keyof LimitsDraft;

const bitsPerMegabit = 1e6;

/** A number as people of any language type it, `2,5` or `2.5`; NaN where it is none. */
function typed(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** What is in a field: null is no limit, undefined is nonsense. */
function read(text: string, factor: number): number | null | undefined {
  if (text.trim() === '') return null;
  const value = typed(text) * factor;
  return Number.isNaN(value) ? undefined : factor === 1 ? value : Math.round(value);
}

/** The limits a draft stands for, or the fields that do not say any. */
export function limitsOf(
  draft: LimitsDraft,
): { readonly limits: UsageLimits } | { readonly wrong: readonly LimitsField[] } {
  const values = {
    streams: accountLimits.shape.maxStreams.safeParse(read(draft.streams, 1)),
    bitrate: accountLimits.shape.maxBitrate.safeParse(read(draft.bitrate, bitsPerMegabit)),
    bandwidth: accountLimits.shape.bandwidth.safeParse(read(draft.bandwidth, bitsPerMegabit)),
  };
  const { streams, bitrate, bandwidth } = values;
  if (streams.success && bitrate.success && bandwidth.success)
    return { limits: { maxStreams: streams.data, maxBitrate: bitrate.data, bandwidth: bandwidth.data } };
  const fields: readonly LimitsField[] = ['streams', 'bitrate', 'bandwidth'];
  return { wrong: fields.filter((field) => !values[field].success) };
}

/** What the fields show for `limits`, with the decimal sign of `locale`. */
export function draftOf({ maxStreams, maxBitrate, bandwidth }: UsageLimits, locale: string): LimitsDraft {
  const text = (value: number | null, factor: number) =>
    value === null
      ? ''
      : (value / factor).toLocaleString(locale, { maximumFractionDigits: 6, useGrouping: false });
  return {
    streams: text(maxStreams, 1),
    bitrate: text(maxBitrate, bitsPerMegabit),
    bandwidth: text(bandwidth, bitsPerMegabit),
  };
}
