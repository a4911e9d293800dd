import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import type { ProviderCall } from '../provider.js';
import { mostBodyBytes } from './limits.js';
import type { GuestRequest, GuestResponse } from './messages.js';

/** Fields that say whom a request is for, how it is framed, or who we are: they are never a provider's to write. */
const ourFields =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept|accept-encoding|cookie2?|via|forwarded|x-forwarded-.*|proxy-.*|sec-.*)$/iu;
const fieldName = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/u;

/**
 * Fetches for a provider's code: from hosts that it may ask. What a host answers with but 2xx is an
 * answer, too. @throws FetchRefused, ProviderTrouble
 */
export async function fetchForGuest(
  { url, accept, headers }: GuestRequest,
  call: ProviderCall,
  permits: (url: URL) => boolean,
): Promise<GuestResponse> {
  const fields = headers.filter(([name]) => fieldName.test(name) && !ourFields.test(name));
  try {
    const fetched = await call.fetch(url, {
      ...(accept.length > 0 && { accept }),
      headers: Object.fromEntries(fields),
      maxBytes: mostBodyBytes,
      permits,
    });
    const { status, contentType, body } = fetched;
    return { status, url: fetched.url, contentType, body: Buffer.from(body).toString('base64') };
  } catch (error) {
    if (!(error instanceof FetchRefused) || error.details.status === undefined) throw error;
    return { status: error.details.status, url, contentType: null, body: '' };
  }
}
