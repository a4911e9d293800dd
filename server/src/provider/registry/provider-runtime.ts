import type { ProviderConfig, ProviderManifest } from '@hearth/contract/provider-manifest';
import type { NewProvider, ProviderSettings } from '@hearth/contract/provider';
import type { Fetched } from '../../common/fetch/guarded-fetch.js';
import type { AnyProvider, ProviderRequest } from '../provider.js';

/** What an administrator wants to add. */
export interface ProviderOffer {
  /** http(s); empty where the document itself was handed in. */
  readonly url: string;
  /** What the address answered, where it was JSON. */
  readonly document?: unknown;
  /** Of a Torznab indexer, which has no manifest to ask for. */
  readonly indexer?: { readonly apiKey: string; readonly name: string | undefined };
  /** The administrator has read what it asks for and agrees. */
  readonly consent: boolean;
  /** Guarded and bounded. @throws FetchRefused */
  readonly fetch: (url: string, request?: ProviderRequest) => Promise<Fetched>;
}

/** A provider that was added. */
export interface Installation {
  readonly id: string;
  readonly manifest: ProviderManifest;
  /** What its runtime knows it by; secret. */
  readonly address: string | null;
}

/** How providers of one kind come to be and are spoken to. */
export interface ProviderRuntime {
  readonly name: Exclude<ProviderManifest['runtime'], 'builtin' | 'home'>;
  /**
   * Reads what was offered; null: it is of another kind.
   * @throws ProblemError PROVIDER_INVALID, PROVIDER_REFUSED, PROVIDER_CONSENT_NEEDED; FetchRefused, ProviderTrouble
   */
  recognise(offer: ProviderOffer): Promise<RecognisedProvider | null>;
  open(installation: Installation): AnyProvider;
  /** What would be added to have it as it is now, as it was set up; null: it came from nowhere that could be asked. */
  origin(installation: Installation & { readonly config: ProviderConfig }): NewProvider | null;
  signature?(id: string): Promise<ProviderSettings['signature']>;
  /** It was removed: forgets what it keeps of it. */
  forget?(id: string): Promise<void>;
}

export interface RecognisedProvider {
  readonly manifest: ProviderManifest;
  readonly address: string | null;
  /** What it is told from the start. */
  readonly config?: ProviderConfig;
  /** Called with the row's id, inside the transaction that writes it. */
  readonly keep?: (id: string) => Promise<void>;
}

/** Injects the runtimes, in the order in which they are shown an offer. */
export const providerRuntimesToken = Symbol('provider runtimes');
