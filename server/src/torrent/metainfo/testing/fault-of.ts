import { type TorrentFault, TorrentInvalid } from '../torrent-invalid.js';

/** Why something was refused; null where it was not. Anything but a typed refusal is thrown on. */
export function faultOf(run: () => unknown): TorrentFault | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof TorrentInvalid) return error.reason;
    throw error;
  }
}
