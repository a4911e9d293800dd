import type { ClientCapabilities } from '@hearth/contract/playback';
import type { SourceFacts, SourcePreferences, SourceReason } from '@hearth/contract/source';
import { deviceFit, type DeviceFit } from './device-fit.js';

/** What is compared of a source, wherever it comes from. */
export interface Rankable {
  readonly id: string;
  readonly kind: 'file' | 'torrent' | 'http' | 'link';
  readonly facts: SourceFacts;
  /** `mkv`, `mp4`…; null: not said. */
  readonly container: string | null;
  /** Bytes; null: nobody says, or of more than what is asked for. */
  readonly size: number | null;
  /** Bits per second, where it was measured. */
  readonly bitrate: number | null;
  readonly available: boolean;
  /** A trailer and the like, not the thing itself. */
  readonly isExtra: boolean;
  /** Share of it that is here, 0–1. */
  readonly here: number;
  readonly seeders: number | null;
  /** 0–1: how far whoever found it is believed. */
  readonly trust: number;
  /** Sources of episodes that belong together have the same. */
  readonly group: string | null;
  /** What decides between equals, the most important first; more is better. */
  readonly merits: readonly number[];
}

/** Who asks, for what, and where it is to play. What is null counts for nothing. */
export interface Circumstances {
  readonly preferences: SourcePreferences;
  /** In which this person hears films, the dearest first: counts where they want no language of sources. */
  readonly audioLanguages: readonly string[];
  readonly client: ClientCapabilities | null;
  /** Bits per second, measured. */
  readonly bandwidth: number | null;
  readonly runtimeSeconds: number | null;
  /** Of the episode that was played last. */
  readonly lastGroup: string | null;
}

export interface Ranked<T extends Rankable> {
  readonly source: T;
  readonly score: number;
  /** The strongest first. */
  readonly reasons: readonly SourceReason[];
  /** Seconds until the first picture, about; null: nobody can tell. */
  readonly startSeconds: number | null;
}

export const noCircumstances: Circumstances = Object.freeze({
  preferences: { maxResolution: null, maxSize: null, languages: [] },
  audioLanguages: [],
  ...{ client: null, bandwidth: null, runtimeSeconds: null, lastGroup: null },
});

type Resolution = NonNullable<SourceFacts['resolution']>;

/** What a picture's size adds or takes. */
const resolutionWeights: Readonly<Record<Resolution, number>> = {
  '2160p': 24, '1440p': 18, '1080p': 14, '720p': 6, '576p': -4, '480p': -6, sd: -12,
}; // prettier-ignore
const unknownResolution = -14;
const lines = (resolution: Resolution): number => (resolution === 'sd' ? 360 : parseInt(resolution, 10));

/** Bits per second below which nobody encodes a picture of this size: what claims it is something else. */
const leastBitrate: Readonly<Record<Resolution, number>> = {
  '2160p': 2_000_000, '1440p': 1_000_000, '1080p': 600_000, '720p': 300_000, '576p': 120_000, '480p': 100_000, sd: 50_000,
}; // prettier-ignore
/** Shorter than most of what there is: a doubt that is raised is a sure one. */
const assumedRuntime = 15 * 60;

const recordedInCinema: ReadonlySet<string> = new Set(['cam', 'ts', 'tc', 'workprint']);
const originWeights: Readonly<Record<string, number>> = { remux: 6, bluray: 6, 'web-dl': 4 };

const hereWeight = 80;
/** The shares of a line that streams need beyond their mean. */
const headroom = 1.2;
const fitReasons: Readonly<Record<DeviceFit, SourceReason>> = {
  direct: { code: 'plays-directly', weight: 20 },
  remux: { code: 'needs-remux', weight: 10 },
  transcode: { code: 'needs-transcode', weight: -15 },
};

type Rule = (source: Rankable, circumstances: Circumstances) => SourceReason | null;
const reason = (code: SourceReason['code'], weight: number): SourceReason => ({ code, weight });

/** One thing each that speaks for a source or against it. What is here is measured, not believed by its name. */
const rules: readonly Rule[] = [
  ({ available }) => (available ? null : reason('unavailable', -2000)),
  ({ isExtra }) => (isExtra ? reason('extra', -1000) : null),
  ({ kind }) => (kind === 'link' ? reason('opens-elsewhere', -500) : null),
  ({ facts }) => (recordedInCinema.has(facts.origin ?? '') ? reason('recorded-in-cinema', -300) : null),
  (source, { runtimeSeconds }) => (isTooSmall(source, runtimeSeconds) ? reason('size-unlikely', -200) : null),
  byPlace,
  byResolution,
  (source, { client }) => {
    const fit = client && deviceFit(source, client);
    return fit && fitReasons[fit];
  },
  ({ facts }, { client }) => {
    if (facts.hdr === null || client?.hdr === undefined) return null;
    return client.hdr.length > 0 ? reason('hdr-shown', 6) : reason('hdr-lost', -8);
  },
  byLine,
  ({ kind, size }, { preferences: { maxSize } }) =>
    kind !== 'file' && maxSize !== null && (size ?? 0) > maxSize ? reason('size-above-limit', -50) : null,
  bySeeders,
  byLanguage,
  ({ kind, trust }) => {
    const weight = kind === 'file' ? 0 : Math.round((trust - 0.5) * 24);
    if (Math.abs(weight) < 2) return null;
    return reason(weight > 0 ? 'provider-trusted' : 'provider-doubted', weight);
  },
  ({ kind, facts }) => {
    const weight = kind === 'file' ? 0 : (originWeights[facts.origin ?? ''] ?? 0);
    return weight > 0 ? reason('source-quality-high', weight) : null;
  },
  ({ kind }) => (kind === 'http' ? reason('needs-no-swarm', 16) : null),
  ({ group }, { lastGroup }) => (group !== null && group === lastGroup ? reason('same-group', 10) : null),
];

function byPlace({ kind, available, here }: Rankable): SourceReason | null {
  if (kind === 'link' || !available || here <= 0) return null;
  return here >= 1
    ? reason('here-already', hereWeight)
    : reason('partly-here', Math.ceil((here * hereWeight) / 2));
}

function byResolution({ facts: { resolution } }: Rankable, { preferences }: Circumstances): SourceReason {
  if (resolution === null) return reason('resolution-unknown', unknownResolution);
  const most = preferences.maxResolution;
  if (most !== null && lines(resolution) > lines(most)) return reason('resolution-above-limit', -40);
  const weight = resolutionWeights[resolution];
  return reason(weight > 0 ? 'resolution-wanted' : 'resolution-low', weight);
}

function byLine(source: Rankable, { bandwidth, runtimeSeconds }: Circumstances): SourceReason | null {
  const wanted = bitrateOf(source, runtimeSeconds);
  if (bandwidth === null || wanted === null) return null;
  return wanted * headroom > bandwidth ? reason('line-too-slow', -30) : reason('line-fast-enough', 4);
}

function bySeeders({ kind, seeders, here }: Rankable): SourceReason | null {
  if (kind !== 'torrent' || seeders === null || here >= 1) return null;
  if (seeders === 0) return reason('seeders-none', -100);
  if (seeders < 5) return reason('seeders-few', -12);
  return reason('seeders-many', Math.min(20, Math.round(8 * Math.log10(seeders))));
}

function byLanguage(
  { facts }: Rankable,
  { preferences, audioLanguages }: Circumstances,
): SourceReason | null {
  const { languages } = preferences;
  const wanted = (languages.length > 0 ? languages : audioLanguages).map(baseLanguage);
  if (wanted.length === 0) return null;
  if (facts.languages.length === 0) return reason('language-unknown', -3);
  const spoken = new Set(facts.languages.map(baseLanguage));
  const place = wanted.findIndex((language) => spoken.has(language));
  return place === -1
    ? reason('language-other', -24)
    : reason('language-wanted', Math.max(9, 18 - 3 * place));
}

const baseLanguage = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

const bitrateOf = ({ bitrate, size }: Rankable, runtimeSeconds: number | null): number | null =>
  bitrate ??
  (size !== null && runtimeSeconds !== null && runtimeSeconds > 0 ? (size * 8) / runtimeSeconds : null);

function isTooSmall({ kind, size, facts: { resolution } }: Rankable, runtimeSeconds: number | null): boolean {
  if (kind === 'file' || kind === 'link' || size === null) return false;
  const least = resolution === null ? leastBitrate.sd : leastBitrate[resolution];
  return (size * 8) / (runtimeSeconds ?? assumedRuntime) < least;
}

function startOf({ kind, available, here, seeders }: Rankable): number | null {
  if (!available || kind === 'link') return null;
  if (here >= 1) return 1;
  if (kind === 'http') return 3;
  if (here > 0) return 6;
  if (seeders === null || seeders === 0) return null;
  return seeders >= 20 ? 8 : seeders >= 5 ? 15 : 40;
}

function compare(a: Ranked<Rankable>, b: Ranked<Rankable>): number {
  if (a.score !== b.score) return b.score - a.score;
  for (const [index, merit] of a.source.merits.entries()) {
    const difference = (b.source.merits[index] ?? 0) - merit;
    if (difference !== 0) return difference;
  }
  return a.source.id < b.source.id ? -1 : 1;
}

/**
 * Sources best first, each with what speaks for and against it. Pure: each rule of the table above says one thing, the
 * score is their sum, and what is equal then is decided by the sources' own merits.
 */
export function rank<T extends Rankable>(sources: readonly T[], circumstances: Circumstances): Ranked<T>[] {
  const ranked = sources.map((source) => {
    const reasons = rules.map((rule) => rule(source, circumstances)).filter((each) => each !== null);
    return {
      source,
      score: reasons.reduce((sum, { weight }) => sum + weight, 0),
      reasons: reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
      startSeconds: startOf(source),
    };
  });
  return ranked.toSorted(compare);
}
