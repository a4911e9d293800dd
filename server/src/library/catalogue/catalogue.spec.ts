import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { hasPostgres, startPostgres } from '../../../../tests/support/postgres.js';
import { describeWith, type PrivateServer } from '../../../../tests/support/private-server.js';
import { libraryEntities } from '../entities.js';
import { audienceContract } from './audience.contract.js';
import { matchingContract } from '../matching/matching.contract.js';
import { titleSourcesContract } from '../sources/title-sources.contract.js';
import { torrentShelfContract } from '../torrent/torrent-shelf.contract.js';
import { catalogueContract } from './catalogue.contract.js';

describe('on SQLite', () => {
  describe.each([
    ['catalogue', catalogueContract],
    ['audience', audienceContract],
    ['torrents', torrentShelfContract],
    ['sources', titleSourcesContract],
    ['matching', matchingContract],
  ])('%s', (_, contract) => {
    let opened: TestDatabase | undefined;
    afterAll(() => opened?.close());
    contract(async () => (opened = await openTestDatabase(libraryEntities)).database);
  });
});

describeWith('PostgreSQL', hasPostgres(), () => {
  describe.each([
    ['catalogue', catalogueContract],
    ['audience', audienceContract],
    ['torrents', torrentShelfContract],
    ['sources', titleSourcesContract],
    ['matching', matchingContract],
  ])('%s', (_, contract) => {
    let server: PrivateServer | undefined;
    let opened: TestDatabase | undefined;
    afterAll(async () => {
      await opened?.close();
      await server?.stop();
    });
    contract(async () => {
      server = await startPostgres();
      return (opened = await openTestDatabase(libraryEntities, { url: server.url })).database;
    });
  });
});
