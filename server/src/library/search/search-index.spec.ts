import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { hasPostgres, startPostgres } from '../../../../tests/support/postgres.js';
import { describeWith, type PrivateServer } from '../../../../tests/support/private-server.js';
import { createSearchIndex } from './create-search-index.js';
import { searchIndexContract } from './search-index.contract.js';
import type { SearchIndex } from './search-index.js';

describe('on SQLite', () => {
  let opened: TestDatabase | undefined;
  afterAll(() => opened?.close());
  searchIndexContract(async (): Promise<SearchIndex> => {
    opened = await openTestDatabase([]);
    return createSearchIndex(opened.database);
  });
});

describeWith('PostgreSQL', hasPostgres(), () => {
  let server: PrivateServer | undefined;
  let opened: TestDatabase | undefined;
  afterAll(async () => {
    await opened?.close();
    await server?.stop();
  });
  searchIndexContract(async (): Promise<SearchIndex> => {
    server = await startPostgres();
    opened = await openTestDatabase([], { url: server.url });
    return createSearchIndex(opened.database);
  });
});
