import type { CastItem } from '@hearth/contract/renderer';
import type { MediaItem } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { TracksService } from '../library/music/tracks.service.js';
import { PhotosService } from '../library/photos/photos.service.js';
import { CastChoice } from './cast-choice.service.js';
import { CastMedia, type CastOffer, type CastScreen, type CastSender } from './cast-media.port.js';
import { CastGrants } from './source/cast-grants.service.js';
import { CastWays } from './source/cast-ways.service.js';
import { rootId } from './tree/branch.js';
import { PhotoItems } from './tree/photo-items.js';
import { TrackItems } from './tree/track-items.js';
import { VideoItems } from './tree/video-items.js';

/** Where a thing that is sent to a screen is said to hang: nowhere a screen could look. */
const at = (id: string) => ({ id, parentId: rootId });
const nothing = { titleId: null, episodeId: null, fileId: null, durationSeconds: 0, resumeSeconds: 0 };

/** Films, music and photos for a screen, as the one who sends them sees them. */
@Injectable()
export class HouseholdCast extends CastMedia {
  constructor(
    private readonly choice: CastChoice,
    private readonly ways: CastWays,
    private readonly grants: CastGrants,
    private readonly tracks: TracksService,
    private readonly photos: PhotosService,
    private readonly videoItems: VideoItems,
    private readonly trackItems: TrackItems,
    private readonly photoItems: PhotoItems,
  ) {
    super();
  }

  async offer(item: CastItem, sender: CastSender, screen: CastScreen, fromSeconds = 0): Promise<CastOffer> {
    await this.grants.mustBeThere(sender);
    if (item.trackId !== undefined) return this.track(item.trackId, sender, screen);
    if (item.photoId !== undefined) return this.photo(item.photoId, sender, screen);
    const { what, found } = await this.choice.of(item, sender.accountId);
    const { fileId } = item;
    const offsetSeconds = Math.floor(fromSeconds);
    const played = fileId === undefined ? what : { fileId };
    const { ways, file, grant } = await this.ways.of(played, sender, screen, offsetSeconds);
    const place = { ...at(what.episodeId ?? what.titleId), alone: true };
    return {
      item: this.videoItems.item(place, found, ways, grant),
      offsetSeconds,
      ...what,
      fileId: file.fileId,
      durationSeconds: file.original.durationSeconds ?? 0,
      resumeSeconds: (found.episode ?? found.title).resumeSeconds,
    };
  }

  private async track(id: string, sender: CastSender, screen: CastScreen): Promise<CastOffer> {
    const track = await this.tracks.one(id, sender.accountId);
    if (!track) throw notFound('track');
    const { ways, grant } = await this.ways.of({ fileId: id }, sender, screen);
    const item = this.trackItems.item(track, at(id), ways, grant);
    return { ...nothing, item, durationSeconds: track.durationSeconds };
  }

  private async photo(id: string, sender: CastSender, screen: CastScreen): Promise<CastOffer> {
    const photo = await this.photos.one(id, sender.accountId);
    if (!photo) throw notFound('photo');
    const item: MediaItem = this.photoItems.item(photo, at(id), screen, this.grants.give(sender, 0));
    return { ...nothing, item };
  }
}
