import type { Source } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../database/database.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { bestFilesFirst } from '../sources/file-rankable.js';
import { fileSource } from './source-shape.js';

/** Everything that can be played for a title, best first: three statements. */
@Injectable()
export class SourcesService {
  constructor(private readonly database: Database) {}

  /** Versions of a film; of a series, the files of all its episodes or of one. Extras come last. */
  async ofTitle(titleId: string, episodeId?: string): Promise<Source[]> {
    const read = this.database.read;
    const files = await read.findBy(MediaFile, { titleId, state: 'matched' });
    const ids = files.map((file) => file.id);
    const links = groupByFile(await read.findBy(EpisodeFile, { fileId: In(ids) }));
    const subtitles = groupByFile(await read.findBy(ExternalSubtitle, { fileId: In(ids) }));
    const sources = files.map((file) => {
      const episodes = (links.get(file.id) ?? []).map((link) => link.episodeId);
      return fileSource(file, episodes, subtitles.get(file.id) ?? []);
    });
    const wanted = sources.filter((each) => episodeId === undefined || each.episodeIds.includes(episodeId));
    return bestFilesFirst(wanted);
  }
}

function groupByFile<T extends { fileId: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, (row) => row.fileId);
}
