import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { SandboxLimits } from '../limits.js';
import { type GuestRequest, guestRequest } from '../messages.js';

/** Where what a provider says goes; texts are as long as they may be at most. */
export interface GuestListener {
  /** @throws Error for the provider */
  fetch(id: number, request: GuestRequest): QuickJSHandle;
  answered(id: number, value: string): void;
  failed(id: number, message: string): void;
  /** @param id 0: no question's */
  printed(id: number, line: string): void;
}

const longestAddress = 16_384;
const longestText = 4_000_000;

/**
 * The functions that the prelude is given. Whatever comes in through them may have been made to do harm: a text is measured
 * before it is copied out, and nothing that is no text or number is looked at.
 */
export function hostFunctions(
  context: QuickJSContext,
  listener: GuestListener,
  limits: Pick<SandboxLimits, 'answerLength' | 'answerValues'>,
): QuickJSHandle {
  const number = (handle: QuickJSHandle): number => context.getNumber(handle);
  /** @throws Error for the provider */
  const text = (handle: QuickJSHandle, longest: number): string => {
    if (context.typeof(handle) !== 'string') throw new TypeError('This is no text');
    const length = context.getProp(handle, 'length').consume((each) => context.getNumber(each));
    if (length > longest) throw new RangeError(`This is longer than ${longest} characters`);
    return context.getString(handle);
  };
  const functions: Record<string, (...handles: QuickJSHandle[]) => QuickJSHandle | void> = {
    fetch: (id, request) => listener.fetch(number(id), readRequest(text(request, longestAddress * 2))),
    answer: (id, value) =>
      listener.answered(number(id), tidied(text(value, limits.answerLength), limits.answerValues)),
    fail: (id, message) => listener.failed(number(id), text(message, longestText)),
    print: (id, line) => listener.printed(number(id), text(line, longestText)),
    url: (address, base) => {
      const parts = urlParts(text(address, longestAddress), text(base, longestAddress));
      return parts === null ? undefined : context.newString(parts);
    },
    encode: (value) => context.newArrayBuffer(new TextEncoder().encode(text(value, longestText)).buffer),
    decode: (bytes) => context.newString(decodeText(context, bytes)),
  };
  const host = context.newObject();
  for (const [name, run] of Object.entries(functions))
    context.newFunction(name, run).consume((handle) => context.setProp(host, name, handle));
  return host;
}

const decodeText = (context: QuickJSContext, bytes: QuickJSHandle): string =>
  context.getArrayBuffer(bytes).consume(({ value }) => new TextDecoder().decode(value));

/**
 * An answer without names such as `__proto__`, of which `JSON.parse` makes properties: whoever copied one would set a
 * prototype. It is read here, in the provider's time: the server reads nothing that has more in it than it may.
 * @throws Error for the provider
 */
function tidied(json: string, mostValues: number): string {
  let values = 0;
  const kept: unknown = JSON.parse(json, (key, value: unknown) => {
    if (++values > mostValues) throw new RangeError(`There are more than ${mostValues} values in it`);
    return key === '__proto__' ? undefined : value;
  });
  return JSON.stringify(kept);
}

/** @throws Error for the provider */
function readRequest(json: string): GuestRequest {
  const { success, data } = guestRequest.safeParse(JSON.parse(json));
  if (!success) throw new TypeError('fetch takes an address, and what it accepts and header fields as texts');
  return data;
}

/** What the provider's `URL` is made of, as JSON; null for what is no http address. */
function urlParts(address: string, base: string): string | null {
  const url = URL.parse(address, base === '' ? undefined : base);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const { protocol, hostname, host, port, pathname, search, hash, origin } = url;
  return JSON.stringify({ protocol, hostname, host, port, pathname, search, hash, origin });
}
