import type { CastItem } from '@hearth/contract/renderer';
import type { MediaItem, Offer } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../common/problem-error.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { NextUpService } from '../library/catalogue/next-up.service.js';
import { TitleFactsService } from '../library/catalogue/title-facts.service.js';
import type { WatchItem } from '../library/catalogue/watch-cards.service.js';
import { TracksService } from '../library/music/tracks.service.js';
import { PhotosService } from '../library/photos/photos.service.js';
import { PlayableService } from '../library/playable.service.js';
import { SharedTorrents } from '../library/torrent/shared-torrents.service.js';
import {
  itemKey,
  type RendererItem,
  RendererPlaybackService,
} from '../playback/renderer/renderer-playback.service.js';
import { CastMedia, type CastOffer, type CastScreen, type CastSender } from './cast-media.port.js';
import { capabilitiesOf } from './source/capabilities.js';
import { CastGrants } from './source/cast-grants.service.js';
import { type Offered, offered } from './source/offer-shapes.js';
import { type Grant, ResourceIds } from './source/resource-ids.js';
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
    private readonly audiences: AudienceService,
    private readonly facts: TitleFactsService,
    private readonly nextUp: NextUpService,
    private readonly playables: PlayableService,
    private readonly playback: RendererPlaybackService,
    private readonly tracks: TracksService,
    private readonly photos: PhotosService,
    private readonly ids: ResourceIds,
    private readonly videoItems: VideoItems,
    private readonly trackItems: TrackItems,
    private readonly photoItems: PhotoItems,
    private readonly grants: CastGrants,
    private readonly torrents: SharedTorrents,
  ) {
    super();
  }

  async offer(item: CastItem, sender: CastSender, screen: CastScreen, fromSeconds = 0): Promise<CastOffer> {
    await this.grants.mustBeThere(sender);
    if (item.trackId !== undefined) return this.track(item.trackId, sender, screen);
    if (item.photoId !== undefined) return this.photo(item.photoId, sender, screen);
    const { fileId } = item;
    const { accountId } = sender;
    await this.torrents.shelved(fileId ?? item.episodeId ?? item.titleId ?? '');
    const what =
      fileId === undefined ? await this.chosen(item, accountId) : await this.held(fileId, accountId);
    const found = (await this.facts.of([what], accountId))(what);
    if (!found) throw notFound('title');
    await this.torrents.ready({ ...what, fileId });
    const { ways, file, grant } = await this.ways(fileId === undefined ? what : { fileId }, sender, screen);
    const id = what.episodeId ?? what.titleId;
    const offsetSeconds = Math.floor(fromSeconds);
    const offers = ways.offers.map((one) => this.begun(one, offsetSeconds));
    return {
      item: this.videoItems.item({ ...at(id), alone: true }, found, { ...ways, offers }, grant),
      offsetSeconds,
      ...what,
      fileId: file.fileId,
      durationSeconds: file.original.durationSeconds ?? 0,
      resumeSeconds: (found.episode ?? found.title).resumeSeconds,
    };
  }

  /** A conversion that begins later is another resource: few renderers seek by time in what has no bytes yet. */
  private begun(one: Offer, fromSeconds: number): Offer {
    const file = one.kind === 'converted' && fromSeconds > 0 ? this.ids.read(one.resourceId) : undefined;
    if (!file) return one;
    return {
      ...one,
      resourceId: this.ids.write('converted', file.id, String(fromSeconds), file.grant),
      ...(one.durationSeconds !== undefined && {
        durationSeconds: Math.max(0, one.durationSeconds - fromSeconds),
      }),
    };
  }

  /** Of a series, the episode that comes next. */
  private async chosen({ titleId, episodeId }: CastItem, accountId: string): Promise<WatchItem> {
    if (episodeId !== undefined) {
      const episode = (await this.facts.episodes([episodeId], accountId)).get(episodeId);
      if (!episode) throw notFound('episode');
      return { titleId: episode.titleId, episodeId };
    }
    const title =
      titleId === undefined ? undefined : (await this.facts.titles([titleId], accountId)).get(titleId);
    if (!title) throw notFound('title');
    if (title.type === 'movie') return { titleId: title.id, episodeId: null };
    const next = await this.nextUp.ofTitle(title.id, accountId);
    if (next === null) throw notFound('episode');
    return { titleId: title.id, episodeId: next };
  }

  private async held(fileId: string, accountId: string): Promise<WatchItem> {
    await this.audiences.mustSeeFile(fileId, accountId);
    const { file } = await this.playables.file(fileId);
    if (file.titleId === null) throw notFound('title of this file');
    const [episode] = await this.playables.episodesOfFile(fileId);
    return { titleId: file.titleId, episodeId: episode?.id ?? null };
  }

  private async track(id: string, sender: CastSender, screen: CastScreen): Promise<CastOffer> {
    const track = await this.tracks.one(id, sender.accountId);
    if (!track) throw notFound('track');
    const { ways, grant } = await this.ways({ fileId: id }, sender, screen);
    const item = this.trackItems.item(track, at(id), ways, grant);
    return { ...nothing, item, durationSeconds: track.durationSeconds };
  }

  private async photo(id: string, sender: CastSender, screen: CastScreen): Promise<CastOffer> {
    const photo = await this.photos.one(id, sender.accountId);
    if (!photo) throw notFound('photo');
    const item: MediaItem = this.photoItems.item(photo, at(id), screen, this.grants.give(sender, 0));
    return { ...nothing, item };
  }

  private async ways(item: RendererItem, sender: CastSender, { profile }: CastScreen) {
    const found = await this.playback.offers(sender.accountId, capabilitiesOf(profile), [item]);
    const files = found.get(itemKey(item)) ?? [];
    const [file] = files.filter(({ action }) => action !== 'none');
    if (!file && files[0])
      throw new ProblemError('PLAYBACK_UNSUPPORTED', { detail: files[0].reasons.join(' ') });
    if (!file) throw new ProblemError('SOURCE_UNAVAILABLE');
    const grant: Grant = this.grants.give(sender, file.original.durationSeconds ?? 0);
    const ways: Offered = offered(files, this.ids, grant);
    return { ways, file, grant };
  }
}
