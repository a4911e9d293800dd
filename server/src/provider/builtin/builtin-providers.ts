import type { AnyProvider } from '../provider.js';

/** Injects what comes with Hearth; tests bring their own. */
export const builtinProvidersToken = Symbol('built-in providers');

/** What comes with Hearth, in the order of a fresh server. */
export const builtinProviders: readonly (() => AnyProvider)[] = [];
