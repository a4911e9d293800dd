import { DeviceUnreachable } from './device-request.js';
import { PlayerRefusal } from './player-state.js';
import { NeverPlayed } from './start-sequence.js';
import { UpnpFault } from '../wire/upnp-fault.js';

/** AVTransport:1 §2.4; what people can do something about. */
const meanings: Readonly<Record<number, string>> = {
  401: 'it cannot do that',
  501: 'it could not do that',
  602: 'it cannot do that',
  701: 'it cannot do that now',
  704: 'it does not know the format',
  705: 'it is locked by somebody else',
  710: 'it cannot seek',
  711: 'it cannot seek there',
  714: 'it does not know the format',
  715: 'it is busy',
  716: 'it could not fetch the file',
};

/** What went wrong, for people; begins small, like the rest of a sentence. */
export function inWords(error: unknown): string {
  if (error instanceof UpnpFault)
    return (
      meanings[error.code] ?? `it refused (${error.code}${error.description && `: ${error.description}`})`
    );
  if (error instanceof DeviceUnreachable) return 'it does not answer';
  if (error instanceof NeverPlayed || error instanceof PlayerRefusal) return error.message;
  return error instanceof Error ? error.message : 'something went wrong';
}
