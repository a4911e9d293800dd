import type { Job } from '../../contract/src/job.js';
import { jobRoutes } from '../../contract/src/job.js';
import { type Library, libraryRoutes, type LibraryKind } from '../../contract/src/library.js';
import { type TitleCard, titleRoutes } from '../../contract/src/title.js';
import type { Client } from './client.js';
import { waitFor } from './wait-for.js';

const ended: readonly Job['state'][] = ['done', 'failed', 'cancelled'];

/** Adds a library through the API and waits for its first scan. */
export async function addLibrary(admin: Client, kind: LibraryKind, path: string): Promise<Library> {
  const library = await admin.call(libraryRoutes.create, { name: `The ${kind}`, kind, path });
  return scanned(admin, library.id);
}

/** Scans a library again and waits. */
export async function rescan(admin: Client, libraryId: string): Promise<Library> {
  const { jobId } = await admin.call(libraryRoutes.scan, { id: libraryId });
  await jobEnd(admin, jobId);
  return scanned(admin, libraryId);
}

/** The library, once no scan of it is under way and one has finished. */
export function scanned(admin: Client, libraryId: string, timeoutMs = 60_000): Promise<Library> {
  return waitFor(
    async () => {
      const found = await libraryOf(admin, libraryId);
      return found.scanJobId === null && found.lastScanAt !== null && found;
    },
    'the scan to end',
    timeoutMs,
  );
}

export async function libraryOf(admin: Client, libraryId: string): Promise<Library> {
  const { items } = await admin.call(libraryRoutes.list);
  const found = items.find(({ id }) => id === libraryId);
  if (!found) throw new Error(`There is no library ${libraryId}`);
  return found;
}

/** The job, once it ended; one that failed throws. */
async function jobEnd(admin: Client, jobId: string, timeoutMs = 60_000): Promise<void> {
  const job = await waitFor(
    async () => {
      const { items } = await admin.call(jobRoutes.list, { limit: 200 });
      return items.find(({ id, state }) => id === jobId && ended.includes(state));
    },
    'the job to end',
    timeoutMs,
  );
  if (job.state !== 'done') throw new Error(`The job ended as ${job.state}: ${job.error}`);
}

export async function titleNamed(client: Client, name: string): Promise<TitleCard> {
  const { items } = await client.call(titleRoutes.list, { limit: 100 });
  const found = items.filter((title) => title.name === name);
  if (found.length !== 1 || !found[0]) {
    throw new Error(
      `${found.length} titles are called “${name}”: ${items.map((title) => title.name).join(', ')}`,
    );
  }
  return found[0];
}
