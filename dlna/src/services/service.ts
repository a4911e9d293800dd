import type { Guest } from '../guest.js';
import type { ActionArguments, OutArguments } from './action-arguments.js';
import type { ServiceDescription } from './service-description.js';

/** @throws UpnpFault */
export type Action = (args: ActionArguments, guest: Guest) => OutArguments | Promise<OutArguments>;

/** A service as it is called and subscribed to. */
export interface Service {
  readonly description: ServiceDescription;
  readonly actions: ReadonlyMap<string, Action>;
  /** Every evented variable with its value of now. */
  state(): OutArguments;
}
