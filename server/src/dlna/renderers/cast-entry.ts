import type { CastItem } from '@hearth/contract/renderer';
import type { CastOffer, CastSender } from '../cast-media.port.js';

/** Something that somebody sent to a screen. */
export interface CastEntry extends CastSender {
  readonly item: CastItem;
  readonly name: string;
  readonly titleId: string | null;
  readonly episodeId: string | null;
  readonly fileId: string | null;
}

export const castEntry = (item: CastItem, sender: CastSender, offer: CastOffer): CastEntry => ({
  item,
  accountId: sender.accountId,
  sessionId: sender.sessionId,
  name: offer.item.title,
  titleId: offer.titleId,
  episodeId: offer.episodeId,
  fileId: offer.fileId,
});
