import {
  providerEpisode,
  providerItem,
  providerPage,
  type ProviderPage,
  providerSource,
  type ProviderSource,
  providerSubtitle,
  type ProviderSubtitle,
  providerTitle,
  type ProviderTitle,
} from '@hearth/contract/provider-exchange';
import { z } from 'zod';
import { ProviderTrouble } from '../provider.js';

/** Sources and subtitles of one question at most; catalogs and titles say it in their schemas. */
const mostListed = 1000;

const answer = z.record(z.string(), z.unknown());
const list = z.array(z.unknown());

const invalid = (): ProviderTrouble => new ProviderTrouble('invalid', 'Its answer makes no sense.');

/** What is faulty is left out where it may be missing: a bad address of a picture costs no film. */
function mended<T>(schema: z.ZodType<T>, given: unknown): T | undefined {
  const first = schema.safeParse(given);
  if (first.success) return first.data;
  const whole = answer.safeParse(given);
  if (!whole.success) return undefined;
  const faulty = new Set(first.error.issues.map(({ path }) => String(path[0])));
  const rest = Object.entries(whole.data).filter(([name]) => !faulty.has(name));
  return schema.safeParse(Object.fromEntries(rest)).data;
}

/** The good ones. @throws ProviderTrouble where there are some, and not one is good */
function goodOnes<T>(schema: z.ZodType<T>, given: unknown, most: number): T[] {
  const items = list.safeParse(given);
  if (!items.success) throw invalid();
  const good: T[] = [];
  for (const item of items.data) {
    if (good.length === most) break;
    const one = mended(schema, item);
    if (one !== undefined) good.push(one);
  }
  if (good.length === 0 && items.data.length > 0) throw invalid();
  return good;
}

/** @throws ProviderTrouble */
export function checkPage(given: unknown): ProviderPage {
  const page = answer.safeParse(given);
  if (!page.success) throw invalid();
  const items = goodOnes(providerItem, page.data['items'], 500);
  return { items, next: providerPage.shape.next.safeParse(page.data['next']).data ?? null };
}

/** Lists within a title, and the longest they may be. */
const parts = {
  credits: { schema: providerTitle.shape.credits.unwrap().element, most: 200 },
  trailers: { schema: providerTitle.shape.trailers.unwrap().element, most: 20 },
  episodes: { schema: providerEpisode, most: 20_000 },
  similar: { schema: providerItem, most: 50 },
};

/** @throws ProviderTrouble */
export function checkTitle(given: unknown): ProviderTitle | null {
  if (given === null) return null;
  const title = answer.safeParse(given);
  if (!title.success) throw invalid();
  const lists = Object.entries(parts).map(([name, { schema, most }]) => {
    const items = list.safeParse(title.data[name]).data ?? [];
    return [
      name,
      items
        .map((item) => mended<unknown>(schema, item))
        .filter(Boolean)
        .slice(0, most),
    ];
  });
  const checked = mended(providerTitle, { ...title.data, ...Object.fromEntries(lists) });
  if (!checked) throw invalid();
  return checked;
}

/** @throws ProviderTrouble */
export const checkSources = (given: unknown): ProviderSource[] =>
  goodOnes(providerSource, given, mostListed).filter(
    (source) => source.kind !== 'torrent' || source.infoHash !== null || source.torrentUrl !== null,
  );

/** @throws ProviderTrouble */
export const checkSubtitles = (given: unknown): ProviderSubtitle[] =>
  goodOnes(providerSubtitle, given, mostListed);

/** @throws ProviderTrouble */
export function checkLink(given: unknown): string | null {
  const link = providerSubtitle.shape.url.safeParse(given);
  if (!link.success) throw invalid();
  return link.data;
}
