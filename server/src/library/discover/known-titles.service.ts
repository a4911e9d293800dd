import type { ExternalIds } from '@hearth/contract/provider-exchange';
import { Injectable } from '@nestjs/common';
import { Brackets } from 'typeorm';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';

interface Named {
  readonly type: string;
  readonly externalIds: ExternalIds;
}

/** The library's title that is the same; null where there is none that the account sees. */
export type KnownTitle = (item: Named) => string | null;

interface IdRow {
  id: string;
  type: string;
  authority: string;
  external_id: string;
}

const keyOf = (type: string, authority: string, id: string): string => `${type} ${authority} ${id}`;

/** Which of what providers list is in the library: by what other services call it. */
@Injectable()
export class KnownTitles {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** One statement for all of them. */
  async lookup(items: readonly Named[], accountId: string): Promise<KnownTitle> {
    const byAuthority = new Map<string, Set<string>>();
    for (const { externalIds } of items)
      for (const [authority, id] of Object.entries(externalIds))
        byAuthority.set(authority, (byAuthority.get(authority) ?? new Set()).add(id));
    if (byAuthority.size === 0) return () => null;
    const rows = await this.rows(byAuthority, accountId);
    const titles = new Map(rows.map((row) => [keyOf(row.type, row.authority, row.external_id), row.id]));
    return ({ type, externalIds }) => {
      // A service counts films and series apart: the same number is both.
      const ids = Object.entries(externalIds).map(([authority, id]) =>
        titles.get(keyOf(type, authority, id)),
      );
      return ids.find((id) => id !== undefined) ?? null;
    };
  }

  private async rows(byAuthority: ReadonlyMap<string, ReadonlySet<string>>, accountId: string) {
    const query = this.database.read
      .createQueryBuilder()
      .select('t.id', 'id')
      .addSelect('t.type', 'type')
      .addSelect('x.authority', 'authority')
      .addSelect('x.external_id', 'external_id')
      .from('title_external_id', 'x')
      .innerJoin('title', 't', 't.id = x.title_id')
      .where(
        new Brackets((either) => {
          for (const [index, [authority, ids]] of [...byAuthority].entries())
            either.orWhere(`(x.authority = :authority${index} AND x.external_id IN (:...ids${index}))`, {
              [`authority${index}`]: authority,
              [`ids${index}`]: [...ids],
            });
        }),
      )
      // Of several the one that can be played, then the oldest: the last one stays in the map.
      .orderBy('t.available', 'ASC')
      .addOrderBy('t.added_at', 'DESC');
    return (await this.audiences.narrowTitles(query, accountId)).getRawMany<IdRow>();
  }
}
