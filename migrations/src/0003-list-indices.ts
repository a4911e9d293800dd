import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';
import { dropSeriesProgress, seriesProgress } from './series-progress.js';

/**
 * Counting what a filter lets through must not read whole titles, which are large: this index holds every column that
 * can be filtered by. It begins like every list query, and then goes by id, the order that joined lists come in.
 */
const filter = new TableIndex({
  name: 'ix_title_filter',
  columnNames: [
    'type',
    'id',
    'library_id',
    'available',
    'hdr',
    'max_height',
    'year',
    'rating',
    'content_rating',
    'letter',
  ],
});

/** Who has watched what, in the order of `ix_title_filter`; `episode_id` tells films from episodes. */
const watched = new TableIndex({
  name: 'ix_play_state_account_id_watched_title_id',
  columnNames: ['account_id', 'watched', 'title_id', 'episode_id'],
});

/** Names that begin with a letter, in order. */
const letters = new TableIndex({
  name: 'ix_title_type_letter_sort_name_id',
  columnNames: ['type', 'letter', 'sort_name', 'id'],
});

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres';

/** Indices, and one table of counts, that keep filtered lists fast at 100 000 titles (docs/adr/0003-read-model.md). */
export class ListIndices1763690200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('title', filter);
    await runner.createIndex('title', letters);
    await runner.createIndex('play_state', watched);
    for (const statement of seriesProgress(isPostgres(runner))) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of dropSeriesProgress(isPostgres(runner))) await runner.query(statement);
    await runner.dropIndex('play_state', watched);
    await runner.dropIndex('title', letters);
    await runner.dropIndex('title', filter);
  }
}
