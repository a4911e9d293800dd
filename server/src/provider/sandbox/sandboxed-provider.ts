import type {
  providerPage,
  providerSource,
  providerSubtitle,
  providerTitle,
} from '@hearth/contract/provider-exchange';
import type { Capability, ProviderManifest } from '@hearth/contract/provider-manifest';
import { z } from 'zod';
import { type AnyProvider, type ProviderCall, ProviderMisbehaved, ProviderTrouble } from '../provider.js';
import { type Sandbox, SandboxFault } from './sandbox.js';

/** A provider that does what none may so often within an hour is switched off. */
const mostFaults = 3;
const faultsCountMs = 60 * 60_000;

/** As it is said; whoever asks checks it. */
const unchecked = <T>() => z.custom<T>();
const page = unchecked<z.input<typeof providerPage>>();
const title = unchecked<z.input<typeof providerTitle> | null>();
const sources = unchecked<z.input<typeof providerSource>[]>();
const subtitles = unchecked<z.input<typeof providerSubtitle>[]>();

/**
 * Community code as a provider: the verbs that its manifest speaks of, each a question to its sandbox.
 * @param makeSandbox with what is to be told of its faults
 */
export function sandboxedProvider(
  manifest: ProviderManifest,
  makeSandbox: (onFault: (fault: SandboxFault) => void) => Pick<Sandbox, 'ask' | 'close'>,
  now: () => number = Date.now,
): AnyProvider {
  let faults: number[] = [];
  let misbehaviour: ProviderMisbehaved | null = null;
  const judged = (error: unknown): unknown =>
    error instanceof SandboxFault ? (misbehaviour ?? new ProviderTrouble('failed', error.message)) : error;
  const sandbox = makeSandbox(({ message }) => {
    faults = [...faults.filter((at) => at > now() - faultsCountMs), now()];
    if (faults.length >= mostFaults)
      misbehaviour = new ProviderMisbehaved(`${message} It did such things ${mostFaults} times within an hour.`);
  });
  const ask = async (verb: Parameters<Sandbox['ask']>[0], question: unknown, call: ProviderCall): Promise<unknown> => {
    // The fault that was one too many may have come when nobody waited any more.
    if (misbehaviour) throw misbehaviour;
    try {
      return await sandbox.ask(verb, question, call);
    } catch (error) {
      throw judged(error);
    }
  };
  const has = (capability: Capability): boolean => manifest.resources.some(({ name }) => name === capability);
  return {
    manifest,
    ...(has('catalog') && { catalog: async (question, call) => page.parse(await ask('catalog', question, call)) }),
    ...(has('metadata') && { title: async (question, call) => title.parse(await ask('title', question, call)) }),
    ...(has('source') && { sources: async (question, call) => sources.parse(await ask('sources', question, call)) }),
    ...(has('subtitle') && { subtitles: async (question, call) => subtitles.parse(await ask('subtitles', question, call)) }),
    close: () => sandbox.close(),
  };
} // prettier-ignore
