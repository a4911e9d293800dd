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

/** Faulty pieces that are borne, beside as many as are good: what is mostly wrong is made to take the server's time. */
const mostFaulty = 100;

const answer = z.record(z.string(), z.unknown());

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

/** The good ones of a list. */
function goodOnes<T>(schema: z.ZodType<T>, items: readonly unknown[], most: number): T[] {
  const good: T[] = [];
  let faulty = 0;
  for (const item of items) {
    if (good.length === most || faulty > mostFaulty + good.length) break;
    const one = mended(schema, item);
    if (one === undefined) faulty++;
    else good.push(one);
  }
  return good;
}

/** @throws ProviderTrouble for what is no list, and where there are some, and not one is good */
function checkList<T>(schema: z.ZodType<T>, given: unknown, most: number): T[] {
  if (!Array.isArray(given)) throw invalid();
  const good = goodOnes(schema, given, most);
  if (good.length === 0 && given.length > 0) throw invalid();
  return good;
}

/** @throws ProviderTrouble */
export function checkPage(given: unknown): ProviderPage {
  const page = answer.safeParse(given);
  if (!page.success) throw invalid();
  const items = checkList(providerItem, page.data['items'], 500);
  return { items, next: providerPage.shape.next.safeParse(page.data['next']).data ?? null };
}

/** A title without its lists, which are checked piece by piece. */
const plainTitle = providerTitle.omit({ credits: true, trailers: true, episodes: true, similar: true });
const { credits, trailers } = providerTitle.shape;

/** @throws ProviderTrouble */
export function checkTitle(given: unknown): ProviderTitle | null {
  if (given === null) return null;
  const title = answer.safeParse(given);
  const plain = title.success ? mended(plainTitle, given) : undefined;
  if (!plain) throw invalid();
  const part = <T>(name: string, schema: z.ZodType<T>, most: number): T[] => {
    const items = title.data?.[name];
    return Array.isArray(items) ? goodOnes(schema, items, most) : [];
  };
  return {
    ...plain,
    credits: part('credits', credits.unwrap().element, 200),
    trailers: part('trailers', trailers.unwrap().element, 20),
    episodes: part('episodes', providerEpisode, 20_000),
    similar: part('similar', providerItem, 50),
  };
}

/** @throws ProviderTrouble */
export const checkSources = (given: unknown): ProviderSource[] =>
  checkList(providerSource, given, mostListed).filter(
    (source) => source.kind !== 'torrent' || source.infoHash !== null || source.torrentUrl !== null,
  );

/** @throws ProviderTrouble */
export const checkSubtitles = (given: unknown): ProviderSubtitle[] =>
  checkList(providerSubtitle, given, mostListed);

/** @throws ProviderTrouble */
export function checkLink(given: unknown): string | null {
  const link = providerSubtitle.shape.url.safeParse(given);
  if (!link.success) throw invalid();
  return link.data;
}
