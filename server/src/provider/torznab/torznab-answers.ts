import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import type { Fetched } from '../../common/fetch/guarded-fetch.js';
import { type ProviderCall, ProviderTrouble } from '../provider.js';
import { attribute, readDocument, type XmlNode } from './torznab-document.js';

const maxBytes = 8 * 1024 ** 2;
const wrongKey = 'The indexer refuses the API key.';

/** Of https://torznab.github.io, “error codes”; their descriptions are not passed on, they may repeat the key. */
const reasons: Readonly<Record<string, string>> = {
  100: wrongKey,
  101: 'The indexer has switched the account off.',
  102: 'The account may not do that at the indexer.',
  200: 'The indexer misses a parameter.',
  201: 'The indexer does not take a parameter.',
  202: 'The indexer has no such function.',
  203: 'The indexer has this function switched off.',
  410: 'The indexer is switched off.',
};
const tooMuch = ['429', '500', '501'];
/** Seconds of rest where the indexer names none. */
const usualRest = 300;

/** Asks an indexer. Errors come as documents, with HTTP 200 as often as not. @throws FetchRefused, ProviderTrouble */
export async function askIndexer(
  fetch: ProviderCall['fetch'],
  address: string,
  parameters: Readonly<Record<string, string>>,
): Promise<{ name: string; root: XmlNode }> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value);
  const fetched = await get(fetch, url.href);
  const document = readDocument(fetched.body);
  if (document.name !== 'error') return document;
  const code = attribute(document.root, 'code');
  const wished = Number([fetched.headers['retry-after']].flat()[0]);
  if (tooMuch.includes(code))
    throw new ProviderTrouble('failed', 'The indexer was asked too often.', wished > 0 ? wished : usualRest);
  throw new ProviderTrouble(
    'failed',
    reasons[code] ?? `The indexer answered with error ${code.slice(0, 10)}.`,
  );
}

async function get(fetch: ProviderCall['fetch'], url: string): Promise<Fetched> {
  try {
    return await fetch(url, {
      accept: ['application/rss+xml', 'application/xml', 'text/*', 'application/*'],
      maxBytes,
    });
  } catch (error) {
    const status = error instanceof FetchRefused ? error.details.status : undefined;
    if (status === 401 || status === 403) throw new ProviderTrouble('failed', wrongKey);
    throw error;
  }
}
