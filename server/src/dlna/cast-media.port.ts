import type { MediaItem } from '@hearth/dlna/media-source.port';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import type { CastItem } from '@hearth/contract/renderer';

/** The screen something is to be sent to. */
export interface CastScreen {
  /** Of the renderer; stable. */
  readonly id: string;
  readonly name: string;
  /** IPv4, where the renderer's requests will come from. */
  readonly address: string;
  readonly profile: DeviceProfile;
}

/** Who sends something, and from which sign-in: it plays for as long as that is there. */
export interface CastSender {
  readonly accountId: string;
  readonly sessionId: string;
}

/** One thing, ready to be sent: library files, conversions and (later) torrents look alike. */
export interface CastOffer {
  /**
   * As the screen gets it: at least one offer, best first; every `resourceId` is lent by who sent it, for a while, so that
   * `MediaSource.open` gives it out whoever the screen itself belongs to.
   */
  readonly item: MediaItem;
  readonly titleId: string | null;
  readonly episodeId: string | null;
  /** What the position is saved for by `RendererPlaybackService.report`; null: nothing is remembered (a photo, a track). */
  readonly fileId: string | null;
  /** 0 where unknown. */
  readonly durationSeconds: number;
  /** Where this person stopped; 0 from the start. */
  readonly resumeSeconds: number;
  /** How far into the item the first byte of its conversions is: what `fromSeconds` asked for, 0 where left out. */
  readonly offsetSeconds?: number;
}

/** Turns what a person chose into what a screen can fetch. The household's media source provides it. */
export abstract class CastMedia {
  /**
   * @param sender their limits hold, whoever the screen belongs to
   * @param fromSeconds where conversions begin: another resource, since few renderers seek by time; originals begin at 0
   * @throws ProblemError NOT_FOUND, PLAYBACK_UNSUPPORTED, SOURCE_UNAVAILABLE; FORBIDDEN once they are signed out
   */
  abstract offer(
    item: CastItem,
    sender: CastSender,
    screen: CastScreen,
    fromSeconds?: number,
  ): Promise<CastOffer>;
}
