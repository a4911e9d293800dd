import { Injectable } from '@nestjs/common';
import type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
} from './opened-renderer-media.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import type { RendererItem, RendererOffer } from './renderer-offer.js';

export type { RendererCapabilities, RendererFormat, RendererMedia } from './renderer-capabilities.js';
export { itemKey, type RendererItem, type RendererOffer, type RendererSubtitle } from './renderer-offer.js';
export type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
  RunningConversion,
} from './opened-renderer-media.js';

const notYet = (): never => {
  throw new Error('not yet');
};

/** Playing on screens and speakers in the house, for one account each: what they get, its bytes, and where they are. */
@Injectable()
export class RendererPlaybackService {
  /** What a renderer gets of each item, best first; by `itemKey`. A hundred items cost a few statements. */
  offers(
    _accountId: string,
    _capabilities: RendererCapabilities,
    _items: readonly RendererItem[],
  ): Promise<Map<string, RendererOffer[]>> {
    return Promise.reject(new Error(notYet()));
  }

  /** The same of one title or episode: what an administrator is shown. @throws ProblemError NOT_FOUND */
  deliveries(
    _accountId: string,
    _capabilities: RendererCapabilities,
    _titleId: string,
    _episodeId?: string,
  ): Promise<RendererOffer[]> {
    return Promise.reject(new Error(notYet()));
  }

  /**
   * A file's bytes: films, music, photos. @param device left out where nobody watches, as for a thumbnail
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, STREAM_LIMIT_REACHED
   */
  openBytes(_fileId: string, _accountId: string, _device?: RendererDevice): Promise<OpenedFile> {
    return Promise.reject(new Error(notYet()));
  }

  /** What the renderer can play of a file. @param subtitleId drawn into the picture; null for none; left out: as the viewer wishes */
  openConversion(
    _fileId: string,
    _accountId: string,
    _capabilities: RendererCapabilities,
    _device: RendererDevice,
    _subtitleId?: string | null,
  ): Promise<OpenedConversion> {
    return Promise.reject(new Error(notYet()));
  }

  /** Saves where a renderer is, as any player does: once a second at most. */
  report(_report: RendererReport): Promise<void> {
    return Promise.reject(new Error(notYet()));
  }
}
