import {
  type CatalogQuestion,
  providerPage,
  type ProviderPage,
  providerSource,
  type ProviderSource,
  providerSubtitle,
  type ProviderSubtitle,
  providerTitle,
  type ProviderTitle,
  type SubtitleQuestion,
  type TitleReference,
} from '@hearth/contract/provider-exchange';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import { transform } from 'esbuild';
import { createContext, runInContext } from 'node:vm';
import { z } from 'zod';
import { fetchAsHearth, type FetchText } from './outside.js';
import { type Project, ProjectFault } from './project.js';
import type { Context, Provider } from './provider.js';

export interface TestOptions {
  readonly config?: ProviderConfig;
  /** What hosts answer, by address: JSON, or text; nothing else is asked then. Left out: the hosts themselves. */
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly log?: (line: string) => void;
}

/** A provider as Hearth asks it: every answer is checked, and is what comes out of the check. @throws ProjectFault */
export interface TestedProvider {
  readonly verbs: readonly (keyof Provider)[];
  catalog(question: CatalogQuestion): Promise<ProviderPage>;
  title(question: TitleReference): Promise<ProviderTitle | null>;
  sources(question: TitleReference): Promise<ProviderSource[]>;
  subtitles(question: SubtitleQuestion): Promise<ProviderSubtitle[]>;
}

/**
 * Runs a provider with what it has in Hearth and nothing else: the language, and a few names of the web. Node's `vm` is used
 * for that, which is no sandbox: run code that you trust.
 */
export async function openProvider(project: Project, options: TestOptions = {}): Promise<TestedProvider> {
  const provider = await loaded(project, options.log ?? (() => undefined));
  const ask = async <T>(verb: keyof Provider, question: unknown, schema: z.ZodType<T>): Promise<T> => {
    const method: unknown = Reflect.get(provider, verb);
    if (typeof method !== 'function') throw new ProjectFault(`The provider has no ${verb}().`);
    // As between Hearth and the sandbox: JSON goes in, JSON comes out.
    const given: unknown = await Reflect.apply(method, provider, [
      copy(question),
      contextOf(project, options),
    ]);
    const { success, data, error } = schema.safeParse(copy(given ?? null));
    if (success) return data;
    throw new ProjectFault(`What ${verb}() answers is not valid:\n${z.prettifyError(error)}`);
  };
  return {
    verbs: (['catalog', 'title', 'sources', 'subtitles'] as const).filter((verb) =>
      Reflect.has(provider, verb),
    ),
    catalog: (question) => ask('catalog', question, providerPage),
    title: (question) => ask('title', question, providerTitle.nullable()),
    sources: (question) => ask('sources', question, z.array(providerSource)),
    subtitles: (question) => ask('subtitles', question, z.array(providerSubtitle)),
  };
}

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** What Node's language has and Hearth's has not. */
const notThere = ['Intl', 'WebAssembly', 'SharedArrayBuffer', 'Atomics']
  .map((name) => `delete globalThis.${name}`)
  .join(';');
/** Milliseconds that Hearth leaves for one piece of work, too. */
const turnMs = 1000;

async function loaded({ bundle }: Project, log: (line: string) => void): Promise<object> {
  const { code } = await transform(bundle, { format: 'iife', globalName: 'provider', target: 'es2023' });
  const line = (...values: unknown[]): void => log(shown(values));
  const console = { log: line, info: line, debug: line, warn: line, error: line };
  const room = createContext({ URL, URLSearchParams, TextEncoder, TextDecoder, console });
  runInContext(notThere, room);
  const exports: unknown = runInContext(`${code};provider.default`, room, {
    timeout: turnMs,
    filename: 'bundle.js',
  });
  if (typeof exports === 'object' && exports !== null) return exports;
  throw new ProjectFault('The default export is no provider: `export default defineProvider({ … })`.');
}

function contextOf(
  { manifest }: Project,
  { config = {}, answers, log = () => undefined }: TestOptions,
): Context {
  const defaults = manifest.config.flatMap((field) =>
    field.default === undefined ? [] : [[field.name, field.default]],
  );
  const get: FetchText = answers ? answered(answers) : fetchAsHearth(manifest);
  return {
    config: { ...(Object.fromEntries(defaults) as ProviderConfig), ...config },
    log: (...values) => log(shown(values)),
    fetch: async (url, request = {}) => {
      const { status, contentType, text } = await get(String(url), request);
      const ok = status >= 200 && status <= 299;
      const body = (): Promise<string> =>
        ok ? Promise.resolve(text) : Promise.reject(new Error(`The host answered with ${status}`));
      return {
        ...{ ok, status, url: String(url), contentType, text: body },
        json: async () => JSON.parse(await body()) as unknown,
        bytes: async () => new TextEncoder().encode(await body()),
      };
    },
  };
}

const answered =
  (answers: Readonly<Record<string, unknown>>): FetchText =>
  (url) => {
    const answer = answers[url];
    if (answer === undefined)
      return Promise.reject(new ProjectFault(`There is no prepared answer for ${url}`));
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return Promise.resolve({ status: 200, contentType: 'application/json', text });
  };

const shown = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ');
