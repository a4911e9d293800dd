import { UpnpFault } from '../wire/upnp-fault.js';

/** Out-arguments, in the order of the SCPD. */
export type OutArguments = readonly (readonly [string, string])[];

const LARGEST_UI4 = 0xffff_ffff;

/** What an action was called with. Missing arguments have a meaning where devices leave them out, garbage never has. */
export class ActionArguments {
  readonly #args: ReadonlyMap<string, string>;

  constructor(args: ReadonlyMap<string, string>) {
    this.#args = args;
  }

  /** The first of these that was sent, or the fall-back. */
  text(names: string | readonly string[], fallback: string): string {
    const name = [names].flat().find((candidate) => this.#args.has(candidate));
    return name === undefined ? fallback : (this.#args.get(name) ?? fallback);
  }

  /** @throws UpnpFault 402 where it is missing */
  required(name: string): string {
    const value = this.#args.get(name);
    if (value === undefined) throw new UpnpFault(402, `${name} is missing`);
    return value;
  }

  /** A ui4. @throws UpnpFault 402 */
  count(name: string, fallback?: number): number {
    const text = this.#args.get(name)?.trim() ?? '';
    if (!text && fallback !== undefined) return fallback;
    if (!/^\d{1,10}$/.test(text) || Number(text) > LARGEST_UI4)
      throw new UpnpFault(402, `${name} is no number`);
    return Number(text);
  }
}
