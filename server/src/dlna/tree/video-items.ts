import type { Guest } from '@hearth/dlna/guest';
import type { MediaItem } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import {
  type EpisodeFacts,
  type TitleFacts,
  TitleFactsService,
} from '../../library/catalogue/title-facts.service.js';
import { offeredKey, RendererOffers } from '../../playback/renderer/renderer-offers.service.js';
import { capabilitiesOf } from '../source/capabilities.js';
import { type Offered, offered } from '../source/offer-shapes.js';
import { type Grant, ResourceIds } from '../source/resource-ids.js';
import { objectId } from './branch.js';
import { torrentPlace } from './torrent-places.js';
import { type KnownVideo, RecentVideos } from './recent-videos.js';

/** A film or an episode, and where in the tree it is to appear. */
export interface VideoPlace {
  readonly titleId: string;
  readonly episodeId: string | null;
  readonly id: string;
  readonly parentId: string;
  /** Shown outside its season: the title says which series it is of. */
  readonly alone?: boolean;
}

/** Where a film is at home; everywhere else it is a reference to that. */
export const filmHome = (titleId: string): string =>
  torrentPlace(titleId) ?? objectId('movies', ['all', titleId]);
export const episodeHome = ({ titleId, seasonNumber, id }: EpisodeFacts): string =>
  torrentPlace(id) ?? objectId('tv', [titleId, String(seasonNumber), id]);

type Place = Pick<VideoPlace, 'id' | 'parentId' | 'alone'>;

const digits = (number: number): string => String(number).padStart(2, '0');

/** “03. The Return”, or “Harbour S01E03 The Return” among others. */
function episodeTitle(
  series: TitleFacts,
  { seasonNumber, number, name }: EpisodeFacts,
  alone: boolean,
): string {
  if (!alone) return `${digits(number)}. ${name ?? `Episode ${number}`}`;
  const code = `S${digits(seasonNumber)}E${digits(number)}`;
  return [series.name, code, name].filter(Boolean).join(' ');
}

function film(title: TitleFacts, { id, parentId }: Place): Omit<MediaItem, 'offers'> {
  const home = filmHome(title.id);
  return {
    type: 'item',
    class: 'object.item.videoItem.movie',
    id,
    parentId,
    ...(id !== home && { refId: home }),
    title: title.name,
    ...(title.year !== null && { date: `${title.year}-01-01` }),
    ...(title.overview !== null && { description: title.overview }),
    genres: title.genres,
    actors: title.actors,
    ...(title.resumeSeconds > 0 && { bookmarkSeconds: title.resumeSeconds }),
  };
}

function episodeItem(
  series: TitleFacts,
  episode: EpisodeFacts,
  { id, parentId, alone }: Place,
): Omit<MediaItem, 'offers'> {
  const home = episodeHome(episode);
  return {
    type: 'item',
    class: 'object.item.videoItem',
    id,
    parentId,
    ...(id !== home && { refId: home }),
    title: episodeTitle(series, episode, alone ?? false),
    ...(episode.airDate !== null && { date: episode.airDate }),
    ...(episode.overview !== null && { description: episode.overview }),
    genres: series.genres,
    actors: series.actors,
    seriesTitle: series.name,
    seasonNumber: episode.seasonNumber,
    episodeNumber: episode.number,
    ...(episode.resumeSeconds > 0 && { bookmarkSeconds: episode.resumeSeconds }),
  };
}

/** Films and episodes as a guest is shown them: a page of a hundred costs a few statements. */
@Injectable()
export class VideoItems {
  constructor(
    private readonly facts: TitleFactsService,
    private readonly offers: RendererOffers,
    private readonly ids: ResourceIds,
    private readonly recent: RecentVideos,
  ) {}

  /** In the order of `places`; what is gone, or not for this guest, is left out. */
  async at(places: readonly VideoPlace[], guest: Guest): Promise<MediaItem[]> {
    const { viewerId, profile } = guest;
    const known = new Map(
      places.map((place) => [place, this.recent.get(viewerId, profile, offeredKey(place))]),
    );
    const missing = places.filter((place) => !known.get(place));
    if (missing.length > 0)
      for (const [place, video] of await this.load(missing, guest)) known.set(place, video);
    return places.flatMap((place) => {
      const video = known.get(place);
      return video && video.ways.offers.length > 0 ? [this.item(place, video.found, video.ways)] : [];
    });
  }

  private async load(
    places: readonly VideoPlace[],
    { viewerId, profile }: Guest,
  ): Promise<(readonly [VideoPlace, KnownVideo])[]> {
    const items = places.map(({ titleId, episodeId }) => ({ titleId, episodeId }));
    const [look, files] = await Promise.all([
      this.facts.of(items, viewerId),
      this.offers.of(viewerId, capabilitiesOf(profile), items),
    ]);
    return places.flatMap((place) => {
      const found = look(place);
      if (!found) return [];
      const offers = files.get(offeredKey(place)) ?? [];
      const video = { found, ways: offered(offers, this.ids) };
      // What nobody has looked into yet may be known in a moment.
      if (offers.some(({ action }) => action !== 'none'))
        this.recent.set(viewerId, profile, offeredKey(place), video);
      return [[place, video] as const];
    });
  }

  /** @param grant of who sends it to a screen: what can be fetched of it is lent by them */
  item(
    place: Place,
    { title, episode }: { title: TitleFacts; episode: EpisodeFacts | null },
    { offers, subtitles }: Offered,
    grant?: Grant,
  ): MediaItem {
    const pictureId = episode?.stillId ?? title.posterId;
    return {
      ...(episode ? episodeItem(title, episode, place) : film(title, place)),
      offers,
      ...(subtitles.length > 0 && { subtitles }),
      ...(pictureId !== null && {
        art: { resourceId: this.ids.write('art', pictureId, '', grant) },
      }),
    };
  }
}
