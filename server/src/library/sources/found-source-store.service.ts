import { providerSource, titleReference, type TitleReference } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { z } from 'zod';
import { SealedText } from '../../common/sealed-text.js';
import { Database } from '../../database/database.js';
import { FoundSources } from '../entities/found-sources.entity.js';
import type { SourceAnswer } from './found-source.js';
import { linksFreshMs, type SourceSubject } from './source-subject.js';

/** More of one title's sources no provider needs to keep. */
const mostOfProvider = 150;
/** ms; torrents stay what they are, but who has them changes. */
const keptMs = 24 * 60 * 60_000;

/** Read again as it was checked when it came: the rules may have changed with a new version. */
const content = z.object({ reference: titleReference, sources: z.array(providerSource) });

export interface StoredAnswer extends Omit<SourceAnswer, 'trust'> {
  readonly reference: TitleReference;
  readonly titleId: string | null;
  readonly episodeId: string | null;
}

/** What providers found, sealed in the database: a crash loses none of it. */
@Injectable()
export class FoundSourceStore {
  constructor(
    private readonly database: Database,
    private readonly sealed: SealedText,
  ) {}

  /** All that was found; addresses that are older than links live are left out. @param now ms since the epoch */
  async of(subjectKey: string, now = Date.now()): Promise<StoredAnswer[]> {
    const rows = await this.database.read.findBy(FoundSources, { subject: subjectKey });
    return rows.flatMap(({ providerId, titleId, episodeId, foundAt, sealed }) => {
      const text = this.sealed.open(sealed, aboutOf(subjectKey, providerId));
      const read = text === null ? undefined : content.safeParse(JSON.parse(text)).data;
      if (!read || now - foundAt > keptMs) return [];
      const areLinksOld = now - foundAt > linksFreshMs;
      const sources = read.sources.filter(({ kind }) => kind === 'torrent' || !areLinksOld);
      return { providerId, titleId, episodeId, foundAt, reference: read.reference, sources };
    });
  }

  async save(subject: SourceSubject, { providerId, foundAt, sources }: Omit<SourceAnswer, 'trust'>): Promise<void> {
    const { key, reference, titleId, episodeId } = subject;
    const text = JSON.stringify({ reference, sources: sources.slice(0, mostOfProvider) });
    const sealed = this.sealed.seal(text, aboutOf(key, providerId));
    await this.database.write((manager) =>
      manager.upsert(FoundSources, { subject: key, providerId, titleId, episodeId, sealed, foundAt }, [
        'subject',
        'providerId',
      ]),
    );
  } // prettier-ignore

  /** Forgets what is too old to be told. @param now ms since the epoch */
  async sweep(now = Date.now()): Promise<void> {
    await this.database.write((manager) => manager.delete(FoundSources, { foundAt: LessThan(now - keptMs) }));
  }
}

const aboutOf = (subjectKey: string, providerId: string): string => `sources ${subjectKey} ${providerId}`;
