import type { z } from 'zod';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { type ProviderCall, ProviderTrouble } from '../provider.js';

export interface JsonRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST, as JSON. */
  readonly json?: unknown;
  /** Of the answer. */
  readonly maxBytes?: number;
}

/** Some send JSON as text, or as a script. */
const mediaTypes = ['application/json', 'application/*', 'text/*'];
const megabyte = 1024 ** 2;

/**
 * What a service answers, in the shape that is expected.
 * @returns null where it has nothing at this address (404)
 * @throws FetchRefused; ProviderTrouble `invalid` for what is no JSON, or of another shape
 */
export async function jsonAnswer<S extends z.ZodType>(
  call: ProviderCall,
  url: URL,
  shape: S,
  { maxBytes = 4 * megabyte, ...request }: JsonRequest = {},
): Promise<z.output<S> | null> {
  const body = await fetchBody(call, url, { ...request, maxBytes });
  if (body === null) return null;
  const answer = shape.safeParse(jsonOf(body));
  if (!answer.success)
    throw new ProviderTrouble('invalid', 'The service answered in another shape than expected.');
  return answer.data;
}

async function fetchBody(call: ProviderCall, url: URL, request: JsonRequest): Promise<Uint8Array | null> {
  try {
    return (await call.fetch(url.href, { accept: mediaTypes, ...request })).body;
  } catch (error) {
    if (error instanceof FetchRefused && error.details.status === 404) return null;
    throw error;
  }
}

/** @throws ProviderTrouble `invalid` */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ProviderTrouble('invalid', 'The service answered with what is no JSON.');
  }
}

/** An address below a base; parameters that are undefined or empty are left out. */
export function addressOf(
  base: string,
  path: string,
  parameters: Readonly<Record<string, string | number | undefined>> = {},
): URL {
  const url = new URL(base.replace(/\/$/u, '') + path);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') url.searchParams.append(name, String(value));
  return url;
}
