import { join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { z } from 'zod';
import type { Config } from '../../../config/config.js';
import { InjectConfig } from '../../../config/config.module.js';
import { Database } from '../../../database/database.js';
import type { Inspector } from '../../../ffmpeg/media-probe.js';
import type { JobContext, JobDefinition } from '../../../jobs/job-queue.js';
import { TorrentService } from '../../../torrent/torrent.service.js';
import { LibraryFolder } from '../../entities/library-folder.entity.js';
import { MediaFile } from '../../entities/media-file.entity.js';
import { InspectorPort } from '../../inspector.port.js';
import { ScanService } from '../../scan.service.js';
import { forgetFiles } from '../../store/forget.js';
import { contentsOf } from '../torrent-contents.js';
import { torrentFileId, torrentLibraryId, torrentTitleId } from '../torrent-ids.js';
import { TorrentShelf } from '../torrent-shelf.service.js';
import { type KeptName, keptNames } from './kept-names.js';
import { placeFile } from './place-file.js';

const payload = z.object({
  infoHash: z.string(),
  libraryId: z.string(),
  folderId: z.string(),
  fileIndices: z.array(z.int()),
});
export type KeepPayload = z.infer<typeof payload>;

/** How often it is looked whether all is there, ms. */
const lookMs = 1000;
/** A scan of a folder takes seconds; on a busy server it waits for others first, ms. */
const scanPatienceMs = 30 * 60_000;

/**
 * Takes files of a torrent into a library: waits until they are there, gives them their place and their name, and has
 * the library find them. It recognises them by what it was told of their contents, so that rows, history and progress
 * go along as they do when a file moves.
 */
@Injectable()
export class KeepJob {
  readonly definition: JobDefinition<KeepPayload> = {
    name: 'torrents.keep',
    payload,
    key: ({ infoHash }) => infoHash,
    attempts: 5,
    // Most of them wait for their swarms.
    concurrency: 50,
    handler: (work, context) => this.run(work, context),
    givenUp: ({ infoHash }) => this.torrents.markKept(infoHash, 'no'),
  };

  constructor(
    private readonly database: Database,
    @Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'known' | 'facts' | 'markKept'>,
    @Inject(TorrentShelf) private readonly shelf: Pick<TorrentShelf, 'ensure'>,
    @Inject(InspectorPort) private readonly inspector: Inspector,
    @Inject(ScanService) private readonly scans: Pick<ScanService, 'scanWithin'>,
    @InjectConfig() private readonly config: Pick<Config, 'dataDirectory'>,
  ) {}

  private async run(work: KeepPayload, context: JobContext): Promise<void> {
    const metadata = await this.torrents.known(work.infoHash);
    const contents = metadata && contentsOf(metadata);
    const folder = await this.database.read.findOneBy(LibraryFolder, { id: work.folderId });
    if (!contents || !folder) return; // gone meanwhile
    const names = keptNames(contents, new Set(work.fileIndices));
    await this.shelf.ensure(work.infoHash);
    // Once more where it had been given up.
    await this.torrents.markKept(
      work.infoHash,
      'pending',
      names.map(({ index }) => index),
    );
    if (!(await this.complete(work.infoHash, names, context))) return;
    await this.recognisable(work, context);
    const placed = await this.place(work.infoHash, names, folder, context);
    const folders = [...new Set(placed.map((path) => posix.dirname(path)))];
    const within = folders.map((path) => ({ folderId: folder.id, path }));
    await this.scans.scanWithin(work.libraryId, within);
    await this.found(work, context);
    await this.torrents.markKept(work.infoHash, 'yes');
  }

  /** Waits until all of it is there. @returns false when the torrent was taken away meanwhile */
  private async complete(
    infoHash: string,
    names: readonly KeptName[],
    context: JobContext,
  ): Promise<boolean> {
    const total = names.reduce((sum, { size }) => sum + size, 0);
    for (;;) {
      await context.breathe();
      const facts = this.torrents.facts(infoHash);
      if (!facts && !(await this.torrents.known(infoHash))) return false;
      const have = facts?.fileHaveBytes ?? [];
      const there = names.reduce((sum, { index, size }) => sum + Math.min(size, have[index] ?? 0), 0);
      if (there >= total) return true;
      context.progress(Math.floor((there / Math.max(1, total)) * 90), 'Fetching what is missing');
      await sleep(lookMs, undefined, { signal: context.signal }).catch(() => undefined);
    }
  }

  /** Says what the files' contents are, before anybody can find them: so their rows are known again. */
  private async recognisable({ infoHash, fileIndices }: KeepPayload, context: JobContext): Promise<void> {
    for (const index of fileIndices) {
      await context.breathe();
      const where = { id: torrentFileId(infoHash, index), libraryId: torrentLibraryId };
      if (!(await this.database.read.existsBy(MediaFile, where))) continue;
      const { fingerprint } = await this.inspector.inspect(this.path(infoHash, index), {
        signal: context.signal,
      });
      await this.database.write((manager) => manager.update(MediaFile, where, { fingerprint }));
    }
    await this.leaveExtras(infoHash, fileIndices);
  }

  /** What only accompanied a film that leaves is not left behind as one. */
  private async leaveExtras(infoHash: string, fileIndices: readonly number[]): Promise<void> {
    const kept = fileIndices.map((index) => torrentFileId(infoHash, index));
    await this.database.write(async (manager) => {
      const where = { titleId: torrentTitleId(infoHash), libraryId: torrentLibraryId };
      const others = await manager.findBy(MediaFile, { ...where, id: Not(In(kept)) });
      if (others.some(({ extraKind }) => extraKind === null)) return;
      const extras = await manager.findBy(MediaFile, {
        ...where,
        id: Not(In(kept)),
        extraKind: Not(IsNull()),
      });
      if (extras.length > 0)
        await forgetFiles(
          manager,
          extras.map(({ id }) => id),
        );
    });
  }

  /** @returns paths below the folder */
  private async place(
    infoHash: string,
    names: readonly KeptName[],
    folder: LibraryFolder,
    context: JobContext,
  ): Promise<string[]> {
    const total = names.reduce((sum, { size }) => sum + size, 0);
    let copied = 0;
    const onBytes = (count: number): void => {
      copied += count;
      context.progress(90 + Math.floor((copied / Math.max(1, total)) * 9), 'Copying into the library');
    };
    const placed: string[] = [];
    for (const { index, path } of names) {
      await context.breathe();
      const to = await placeFile(this.path(infoHash, index), join(folder.path, path), { signal: context.signal, onBytes }); // prettier-ignore
      placed.push(to.slice(folder.path.length + 1));
    }
    return placed;
  }

  /** Until the library has them: then they seed on from there and play from there. */
  private async found({ infoHash, fileIndices }: KeepPayload, context: JobContext): Promise<void> {
    const ids = fileIndices.map((index) => torrentFileId(infoHash, index));
    const until = Date.now() + scanPatienceMs;
    for (;;) {
      await context.breathe();
      const where = { id: In(ids), libraryId: torrentLibraryId };
      if (!(await this.database.read.existsBy(MediaFile, where))) return;
      if (Date.now() > until) throw new Error('The library did not find the files that it was given');
      context.progress(99, 'Waiting for the library');
      await sleep(lookMs, undefined, { signal: context.signal }).catch(() => undefined);
    }
  }

  /** Where the engine has a file that is there as a whole. */
  private path(infoHash: string, index: number): string {
    return join(this.config.dataDirectory, 'torrents', infoHash, String(index));
  }
}
