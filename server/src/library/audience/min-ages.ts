import { Injectable, type OnModuleInit } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import { Title } from '../entities/title.entity.js';
import { minimumAge } from './age-rating.js';

interface RatingRow {
  rating: string | null;
  min_age: number | null;
}

/**
 * Sees to it, at each start, that titles are kept from whom their ratings say: after an update that added the column, or
 * one that understands more ratings. Looks at ix_title_filter only, and writes what is new.
 */
@Injectable()
export class MinAges implements OnModuleInit {
  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    const known = await this.database.read
      .createQueryBuilder()
      .select('t.content_rating', 'rating')
      .addSelect('t.min_age', 'min_age')
      .distinct()
      .from('title', 't')
      .where("t.type IN ('movie', 'series')")
      .getRawMany<RatingRow>();
    const wrong = known.filter((row) => row.min_age !== minimumAge(row.rating));
    if (wrong.length === 0) return;
    await this.database.write(async (manager) => {
      for (const { rating, min_age } of wrong) {
        const where = { contentRating: rating ?? IsNull(), minAge: min_age ?? IsNull() };
        await manager.update(Title, where, { minAge: minimumAge(rating) });
      }
    });
  }
}
