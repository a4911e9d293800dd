import type { CastItem } from '@hearth/contract/renderer';
import type { CastOffer } from '../cast-media.port.js';

/** Something that somebody sent to a screen. */
export interface CastEntry {
  readonly item: CastItem;
  /** Who sent it. */
  readonly accountId: string;
  readonly name: string;
  readonly titleId: string | null;
  readonly episodeId: string | null;
  readonly fileId: string | null;
}

export const castEntry = (item: CastItem, accountId: string, offer: CastOffer): CastEntry => ({
  item,
  accountId,
  name: offer.item.title,
  titleId: offer.titleId,
  episodeId: offer.episodeId,
  fileId: offer.fileId,
});
