/**
 * What code in the sandbox has beside the language itself: an expression that takes the host's functions and gives one
 * that asks the provider. It runs before any code of the provider, and keeps what it needs in constants of its own: what
 * the provider does to `JSON` or `Promise` later harms only the provider.
 */
export const prelude = /* js */ `(host) => {
  'use strict';
  const { parse, stringify } = JSON;
  const show = (value) => typeof value === 'string' ? value : value instanceof Error ? String(value) : stringify(value) ?? String(value);
  const print = (id) => (...values) => host.print(id, values.map(show).join(' '));

  const define = (name, value) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  const line = print(0);
  define('console', { log: line, info: line, debug: line, warn: line, error: line });

  define('TextEncoder', class TextEncoder {
    encode(text = '') { return new Uint8Array(host.encode(String(text))); }
  });
  define('TextDecoder', class TextDecoder {
    decode(bytes = new Uint8Array()) {
      const { buffer, byteOffset, byteLength } = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
      return host.decode(buffer.slice(byteOffset, byteOffset + byteLength));
    }
  });

  const escape = (text) => encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()~]/g, (sign) => '%' + sign.charCodeAt(0).toString(16).toUpperCase());
  const unescape = (text) => { try { return decodeURIComponent(text.replace(/\\+/g, ' ')); } catch { return text; } };
  class URLSearchParams {
    #pairs = [];
    constructor(from = '') {
      if (typeof from === 'object' && from !== null) {
        const pairs = typeof from[Symbol.iterator] === 'function' ? [...from] : Object.entries(from);
        this.#pairs = pairs.map(([name, value]) => [String(name), String(value)]);
      } else {
        for (const part of String(from).replace(/^\\?/, '').split('&')) {
          if (part === '') continue;
          const at = part.indexOf('=');
          this.#pairs.push(at === -1 ? [unescape(part), ''] : [unescape(part.slice(0, at)), unescape(part.slice(at + 1))]);
        }
      }
    }
    append(name, value) { this.#pairs.push([String(name), String(value)]); }
    set(name, value) { this.delete(name); this.append(name, value); }
    delete(name) { this.#pairs = this.#pairs.filter(([each]) => each !== name); }
    get(name) { return this.#pairs.find(([each]) => each === name)?.[1] ?? null; }
    getAll(name) { return this.#pairs.filter(([each]) => each === name).map(([, value]) => value); }
    has(name) { return this.#pairs.some(([each]) => each === name); }
    entries() { return this.#pairs.values(); }
    [Symbol.iterator]() { return this.entries(); }
    toString() { return this.#pairs.map(([name, value]) => escape(name) + '=' + escape(value)).join('&'); }
  }
  define('URLSearchParams', URLSearchParams);
  define('URL', class URL {
    #search;
    constructor(address, base) {
      const parts = host.url(String(address), base === undefined ? '' : String(base));
      if (parts === undefined) throw new TypeError('Invalid URL');
      Object.assign(this, parse(parts));
      this.#search = new URLSearchParams(this.search);
    }
    get searchParams() { return this.#search; }
    get href() {
      const query = this.#search.toString();
      return this.origin + this.pathname + (query && '?' + query) + this.hash;
    }
    toString() { return this.href; }
    toJSON() { return this.href; }
  });

  const respond = ({ status, url, contentType, body }) => {
    const ok = status >= 200 && status <= 299;
    const bytes = async () => {
      if (!ok) throw new Error('The host answered with ' + status);
      return new Uint8Array(body);
    };
    const text = async () => host.decode((await bytes()).buffer);
    return { ok, status, url, contentType, bytes, text, json: async () => parse(await text()) };
  };
  const words = (error) => { try { return error instanceof Error ? String(error) : 'It threw ' + show(error); } catch { return 'It failed'; } };

  return async (provider, id, verb, question, config) => {
    try {
      const fetch = async (url, { accept = [], headers = {} } = {}) =>
        respond(await host.fetch(id, stringify({ url: String(url), accept, headers: Object.entries(headers).map(([name, value]) => [name, String(value)]) })));
      const value = await provider[verb](parse(question), { config: parse(config), fetch, log: print(id) });
      host.answer(id, stringify(value) ?? 'null');
    } catch (error) {
      host.fail(id, words(error));
    }
  };
}`;
