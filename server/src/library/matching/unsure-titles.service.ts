import type { UnsureTitle } from '@hearth/contract/matching';
import type { TitleType } from '@hearth/contract/title';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { ProviderService } from '../../provider/provider.service.js';

interface UnsureRow {
  title_id: string;
  library_id: string;
  type: TitleType;
  name: string;
  year: number | null;
  candidates: string;
}

const most = 200;
const candidates = z.array(
  z.object({
    ...{ providerId: z.string(), itemId: z.string(), name: z.string() },
    ...{ year: z.int().nullable(), confidence: z.number() },
  }),
);

/** Titles that wait for a person to say which they are. */
@Injectable()
export class UnsureTitles {
  constructor(
    private readonly database: Database,
    @Inject(ProviderService) private readonly providers: Pick<ProviderService, 'list'>,
  ) {}

  async list(): Promise<{ items: UnsureTitle[]; total: number }> {
    const names = new Map((await this.providers.list()).map(({ id, manifest }) => [id, manifest.name]));
    const rows = await this.database.read.sql<UnsureRow[]>`
      SELECT m.title_id, m.candidates, t.library_id, t.type, t.name, t.year FROM title_match m JOIN title t ON t.id = m.title_id
      WHERE m.state = 'unsure' AND m.identity = t.identity ORDER BY t.sort_name LIMIT ${most}`;
    const [counted] = await this.database.read.sql<{ total: number | string }[]>`
      SELECT COUNT(*) AS total FROM title_match m JOIN title t ON t.id = m.title_id
      WHERE m.state = 'unsure' AND m.identity = t.identity`;
    const items = rows.map(
      ({ title_id: titleId, library_id: libraryId, type, name, year, candidates: json }) => ({
        ...{ titleId, libraryId, type, name, year },
        candidates: candidates.parse(JSON.parse(json)).flatMap((candidate) => {
          const providerName = names.get(candidate.providerId);
          return providerName === undefined ? [] : [{ ...candidate, providerName }];
        }),
      }),
    );
    return { items, total: Number(counted?.total ?? 0) };
  }
}
