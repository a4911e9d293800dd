import type { ProviderSourceInput } from '@hearth/contract/provider-exchange';
import type { Stream } from './stremio-answers.js';
import { videoPage } from './stremio-titles.js';

const units: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** “💾 1.4 GB”, “Size: 700 MiB”: the first that is written out. @returns bytes */
export function sizeIn(text: string): number | null {
  const [, amount = '', unit = '', binary] =
    /(?<![\d.,])(\d{1,5}(?:[.,]\d{1,3})?)\s?([KMGT])(i?)B\b/i.exec(text) ?? [];
  const power = units[unit.toLowerCase()];
  if (power === undefined) return null;
  return Math.round(Number(amount.replace(',', '.')) * (binary ? 1024 : 1000) ** power);
}

/** “👤 89”, “Seeders: 12”. */
export function seedersIn(text: string): number | null {
  const [, count] =
    /(?:[👤👥🌱]\uFE0F?|\b(?:seeds|seeders|peers)\b)\s*[:=]?\s*(\d{1,7})\b/iu.exec(text) ?? [];
  return count === undefined ? null : Number(count);
}

/** The nominal height that a text names. */
export function heightIn(text: string): number | null {
  const [, lines] = /(?<!\d)(2160|1440|1080|720|576|480)[pi]\b/i.exec(text) ?? [];
  if (lines !== undefined) return Number(lines);
  return /\b(?:4k|uhd)\b/i.test(text) ? 2160 : null;
}

/** A stream as one of ours; null where it leads nowhere that Hearth could go. */
export function sourceOf(stream: Stream): ProviderSourceInput | null {
  const facts = factsOf(stream);
  const magnet = magnetOf(stream.url);
  const infoHash = stream.infoHash ?? magnet?.infoHash;
  if (infoHash !== undefined) {
    const trackers = stream.sources
      .filter((each) => each.startsWith('tracker:'))
      .map((each) => each.slice(8));
    return {
      ...{ kind: 'torrent', ...facts, infoHash, fileIndex: stream.fileIdx },
      trackers: [...new Set([...trackers, ...(magnet?.trackers ?? [])])].slice(0, 100),
      seeders: seedersIn(wordsOf(stream)),
    };
  }
  if (isWeb(stream.url)) return { kind: 'http', ...facts, url: stream.url, headers: headersOf(stream) };
  if (/^[\w-]{6,20}$/.test(stream.ytId ?? ''))
    return { kind: 'link', ...facts, url: videoPage(stream.ytId ?? '') };
  return isWeb(stream.externalUrl) ? { kind: 'link', ...facts, url: stream.externalUrl } : null;
}

const isWeb = (url: string | undefined): url is string =>
  /^https?:$/.test(URL.parse(url ?? '')?.protocol ?? '');

const wordsOf = ({ name, title, description }: Stream): string =>
  [name, title, description].filter((each) => each !== null).join('\n');

function factsOf(stream: Stream) {
  const { behaviorHints: hints } = stream;
  const words = wordsOf(stream);
  const fileName = hints?.filename ?? null;
  const described = (stream.description ?? stream.title ?? stream.name ?? '').split('\n')[0]?.trim();
  return {
    name: (fileName ?? (described || stream.name) ?? 'Stream').slice(0, 1000),
    fileName,
    size: hints?.videoSize ?? sizeIn(words),
    height: heightIn(`${fileName ?? ''}\n${words}`),
    group: hints?.bingeGroup ?? null,
  };
}

function magnetOf(url: string | undefined): { infoHash: string; trackers: string[] } | null {
  if (!url?.toLowerCase().startsWith('magnet:?')) return null;
  const parameters = new URLSearchParams(url.slice('magnet:?'.length));
  const [, infoHash] = /^urn:btih:([0-9a-f]{40})$/i.exec(parameters.get('xt') ?? '') ?? [];
  return infoHash === undefined ? null : { infoHash, trackers: parameters.getAll('tr') };
}

/** What makes a connection, and what would be ours to say, is nobody else's. */
const ownFields =
  /^(?:host|connection|content-.*|cookie|range|transfer-encoding|te|upgrade|keep-alive|expect|proxy-.*|accept-encoding|if-.*)$/i;

function headersOf({ behaviorHints: hints }: Stream): Record<string, string> {
  const fields = Object.entries(hints?.proxyHeaders?.request ?? {});
  const good = fields.filter(
    (field): field is [string, string] =>
      /^[\w-]{1,100}$/.test(field[0]) &&
      !ownFields.test(field[0]) &&
      typeof field[1] === 'string' &&
      /^[\t\x20-\x7E]{1,2000}$/.test(field[1]),
  );
  return Object.fromEntries(good.slice(0, 20));
}
