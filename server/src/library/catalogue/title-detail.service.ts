import { basename, extname } from 'node:path/posix';
import { resumePosition } from '@hearth/contract/resume';
import type { Credit, Episode, TitleCard, TitleDetail } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { Title } from '../entities/title.entity.js';
import { SignedImages } from '../images/signed-images.service.js';
import { EpisodeCardsService } from './episode-cards.service.js';
import { NextUpService } from './next-up.service.js';
import { TitleCardsService } from './title-cards.service.js';

type CreditRow = Omit<Credit, 'image'> & { imageId: string | null };

/** One title in full. */
@Injectable()
export class TitleDetailService {
  constructor(
    private readonly database: Database,
    private readonly cards: TitleCardsService,
    private readonly episodes: EpisodeCardsService,
    private readonly nextUp: NextUpService,
    private readonly images: SignedImages,
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async detail(id: string, accountId: string): Promise<TitleDetail> {
    const title = await this.database.read.findOneBy(Title, { id });
    const [card] = await this.cards.list([id], accountId);
    if (!title || !card) throw notFound('title');
    const credits = await this.credits(id);
    const wanted = [title.backdropId, title.logoId, ...credits.map((credit) => credit.imageId)];
    const images = await this.images.lookup(wanted, accountId);
    return {
      ...card,
      libraryId: title.libraryId,
      originalName: title.originalName,
      overview: title.overview,
      tagline: title.tagline,
      studio: title.studio,
      backdrop: images(title.backdropId),
      logo: images(title.logoId),
      credits: credits.map(({ imageId, ...credit }) => ({ ...credit, image: images(imageId) })),
      externalIds: title.externalIds,
      upNext: await this.upNext(card, accountId),
      extras: await this.extras(id),
    };
  }

  /** Directors, writers, then actors by billing. */
  private credits(titleId: string): Promise<CreditRow[]> {
    return this.database.read
      .createQueryBuilder()
      .select('p.id', 'personId')
      .addSelect('p.name', 'name')
      .addSelect('c.role', 'role')
      .addSelect('c.character', 'character')
      .addSelect('p.image_id', 'imageId')
      .from('credit', 'c')
      .innerJoin('person', 'p', 'p.id = c.person_id')
      .where('c.title_id = :titleId', { titleId })
      .orderBy("CASE c.role WHEN 'director' THEN 0 WHEN 'writer' THEN 1 ELSE 2 END", 'ASC')
      .addOrderBy('c.position', 'ASC')
      .getRawMany<CreditRow>();
  }

  /** The film itself; of a series the episode under way, else the next one. */
  private async upNext(card: TitleCard, accountId: string): Promise<TitleDetail['upNext']> {
    if (!card.available) return null;
    if (card.type === 'movie') return { episode: null, resumeSeconds: resumeAt(card.state) };
    const id = (await this.underWay(card.id, accountId)) ?? (await this.nextUp.ofTitle(card.id, accountId));
    const episode = id === null ? undefined : (await this.episodes.byId([id], accountId)).get(id);
    return episode ? { episode, resumeSeconds: resumeAt(episode.state) } : null;
  }

  /** The episode played last, if it was left before its end. */
  private async underWay(titleId: string, accountId: string): Promise<string | null> {
    const last = await this.database.read
      .createQueryBuilder()
      .select('ps.episode_id', 'id')
      .addSelect('ps.position_seconds', 'positionSeconds')
      .addSelect('ps.duration_seconds', 'durationSeconds')
      .from('play_state', 'ps')
      .innerJoin('episode', 'e', 'e.id = ps.episode_id')
      .where('ps.account_id = :accountId AND ps.title_id = :titleId AND e.available = :true')
      // `+ 0`: SQLite would walk all states of the account for the sake of their order in an index.
      .orderBy('ps.updated_at + 0', 'DESC')
      .setParameters({ accountId, titleId, true: true })
      .limit(1)
      .getRawOne<{ id: string; positionSeconds: number; durationSeconds: number }>();
    return last && resumeAt(last) > 0 ? last.id : null;
  }

  private async extras(titleId: string): Promise<TitleDetail['extras']> {
    const files = await this.database.read.find(MediaFile, {
      where: { titleId, extraKind: Not(IsNull()), available: true },
      order: { relativePath: 'ASC' },
    });
    return files.map((file) => ({
      fileId: file.id,
      name: file.media?.tags.title ?? basename(file.relativePath, extname(file.relativePath)),
      kind: file.extraKind ?? 'other',
      durationSeconds: file.media?.durationSeconds ?? null,
    }));
  }
}

const resumeAt = (
  state: Pick<NonNullable<Episode['state']>, 'positionSeconds' | 'durationSeconds'> | null,
): number => (state ? resumePosition(state.positionSeconds, state.durationSeconds) : 0);
