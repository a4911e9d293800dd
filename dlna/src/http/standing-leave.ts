import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.port.js';

/** A film lasts hours, and so would a decision made at its beginning. */
const AGAIN_MS = 5000;

/**
 * While something is sent, asks every few seconds whether it still may be, and cuts the connection where it may not: the
 * device may come again, and is answered as what it is then.
 * @param mayGoOn the word of now; where it fails, things stay as they are
 */
export function keepAsking(response: ServerResponse, mayGoOn: () => Promise<boolean>, clock: Clock): void {
  let cancel: (() => void) | undefined;
  const ask = async (): Promise<void> => {
    const may = await mayGoOn().catch(() => true);
    if (response.destroyed) return;
    if (may) later();
    else response.destroy();
  };
  const later = (): void => void (cancel = clock.after(AGAIN_MS, () => void ask()));
  response.once('close', () => cancel?.());
  if (!response.destroyed) later();
}
