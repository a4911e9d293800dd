import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/cache.js';
import { Database } from '../../database/database.js';
import { Episode } from '../entities/episode.entity.js';
import { Title } from '../entities/title.entity.js';
import { isTorrentId } from '../torrent/torrent-ids.js';
import { type SourceSubject, titleSubject } from './source-subject.js';

const groupLifetimeSeconds = 180 * 24 * 3600;
const groupKey = (titleId: string, accountId: string): string => `source-group:${accountId}:${titleId}`;

/** What providers are asked for a title of the library, and what is known of it beside. */
@Injectable()
export class TitleSubjects {
  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
  ) {}

  /** Null where nobody is asked: of a series without an episode, and of what is in a torrent. */
  async of(titleId: string, episodeId: string | undefined): Promise<SourceSubject | null> {
    if (isTorrentId(titleId)) return null;
    const title = await this.database.read.findOneBy(Title, { id: titleId });
    if (!title) return null;
    const { name, originalName, year, externalIds } = title;
    const known = {
      ...{ name, externalIds },
      ...(originalName !== null && { originalName }),
      ...(year !== null && { year }),
    };
    if (title.type !== 'series') return titleSubject(titleId, null, { type: 'movie', ...known });
    const episode = await this.episode(titleId, episodeId);
    if (!episode) return null;
    const { seasonNumber: season, number } = episode;
    return titleSubject(titleId, episode.id, { type: 'series', ...known, season, episode: number });
  }

  /** Seconds; of a series whose episode does not say, as the title does. */
  async runtimeOf(titleId: string, episodeId: string | undefined): Promise<number | null> {
    const title = await this.database.read.findOneBy(Title, { id: titleId });
    return (await this.episode(titleId, episodeId))?.runtimeSeconds ?? title?.runtimeSeconds ?? null;
  }

  /** Who made the episode that the account played last of a series. */
  async lastGroupOf(titleId: string, accountId: string): Promise<string | null> {
    return (await this.cache.get<string>(groupKey(titleId, accountId))) ?? null;
  }

  rememberGroup(titleId: string, accountId: string, group: string): Promise<void> {
    return this.cache.set(groupKey(titleId, accountId), group, groupLifetimeSeconds);
  }

  private async episode(titleId: string, id: string | undefined): Promise<Episode | null> {
    return id === undefined ? null : this.database.read.findOneBy(Episode, { id, titleId });
  }
}
