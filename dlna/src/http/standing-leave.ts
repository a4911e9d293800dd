import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.port.js';
import type { Guest } from '../guest.js';

/** A film lasts hours, and so would a decision made at its beginning. */
const AGAIN_MS = 5000;

/**
 * While something is sent, asks every few seconds whether the device may still have it, and cuts the connection where it
 * was shut out or sees with other eyes by now: it may come again, and is answered as what it is then.
 * @param admit the doorkeeper's word of now; where it fails, things stay as they are
 */
export function keepAsking(
  response: ServerResponse,
  { viewerId }: Guest,
  admit: () => Promise<Guest | undefined>,
  clock: Clock,
): void {
  let cancel: (() => void) | undefined;
  const ask = async (): Promise<void> => {
    const now = await admit().catch(() => ({ viewerId }));
    if (response.destroyed) return;
    if (now?.viewerId === viewerId) later();
    else response.destroy();
  };
  const later = (): void => void (cancel = clock.after(AGAIN_MS, () => void ask()));
  response.once('close', () => cancel?.());
  if (!response.destroyed) later();
}
