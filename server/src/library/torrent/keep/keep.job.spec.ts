import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.js';
import { type JobContext, JobInterrupted } from '../../../jobs/job-queue.js';
import { libraryEntities } from '../../entities.js';
import { LibraryFolder } from '../../entities/library-folder.entity.js';
import { Library } from '../../entities/library.entity.js';
import { torrentFile, torrentMetadata } from '../testing.js';
import { KeepJob } from './keep.job.js';

const infoHash = 'a'.repeat(40);
const metadata = torrentMetadata(infoHash, 'Meadow', [
  torrentFile(0, 'Meadow.mkv', 900),
  torrentFile(1, 'Meadow.srt', 9),
]);
const work = { infoHash, libraryId: 'films', folderId: 'here', fileIndices: [0] };

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase(libraryEntities);
  await opened.database.write(async (manager) => {
    await manager.insert(Library, { id: 'films', name: 'Films', kind: 'movies', createdAt: 1 });
    await manager.insert(LibraryFolder, { id: 'here', libraryId: 'films', path: '/here' });
  });
});
afterEach(() => opened.close());

test('waits for what is missing; given up, it is not kept; run again, it is on its way again', async () => {
  const marked: unknown[][] = [];
  let isThere = true;
  const torrents = {
    known: () => Promise.resolve(isThere ? metadata : null),
    facts: () => undefined,
    markKept: (...given: unknown[]) => Promise.resolve(void marked.push(given)),
  };
  const never = () => Promise.reject(new Error('It is not all there'));
  const job = new KeepJob(
    ...([opened.database, torrents, { ensure: () => Promise.resolve() }] as const),
    ...([{ inspect: never }, { scanWithin: never }, { dataDirectory: opened.directory }] as const),
  );
  const cancelled = (): JobContext => ({
    ...{ jobId: 'x', signal: AbortSignal.abort(), progress: () => undefined },
    breathe: () => Promise.reject(new JobInterrupted()),
  });
  const { handler, givenUp } = job.definition;
  for (let time = 0; time < 2; time++) {
    await expect(handler(work, cancelled())).rejects.toThrow(JobInterrupted);
    await givenUp?.(work);
  }
  const round = [
    [infoHash, 'pending', [0, 1]],
    [infoHash, 'no'],
  ];
  expect(marked).toEqual([...round, ...round]);
  isThere = false;
  await handler(work, cancelled());
  expect(marked).toHaveLength(4);
});
