import { setImmediate as nextTurn } from 'node:timers/promises';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { Library } from '../entities/library.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { scanPlaylists } from '../playlists/playlist-scan.js';
import { setAvailable } from '../store/availability.js';
import type { BatchWriter } from '../store/batch-writer.js';
import { chunked } from '../store/chunks.js';
import type { FileRecord } from '../store/file-record.js';
import { type Changes, findChanges, isTagged, type SeenFile } from './changes.js';
import { attachExtras } from './extras.js';
import type { OpenReaders } from './file-readers.service.js';
import type { FolderView } from './folder-view.js';
import type { KnownFile } from './known-files.js';
import { mergeCopies } from './late-moves.js';
import { Moves } from './moves.js';
import { place } from './placement.js';
import { dropVanishedSidecars } from './vanished-sidecars.js';
import type { ScanReport } from './scan-report.js';

export interface ScanTools {
  database: Database;
  writer: BatchWriter;
  readers: OpenReaders;
}

/** Files inspected at once: enough to keep the probe's two threads busy. */
const inspectedAtOnce = 8;
/** Small enough that one transaction takes a few tens of milliseconds. */
const batchSize = 100;

/** Brings the database up to what the disk holds, for one library. */
export class LibraryScan {
  private readonly startedAt = Date.now();
  private readonly extras: SeenFileRecord[] = [];

  constructor(
    private readonly library: Library,
    private readonly tools: ScanTools,
    private readonly report: ScanReport,
  ) {}

  async run(
    views: readonly FolderView[],
    known: ReadonlyMap<string, KnownFile>,
    full: boolean,
  ): Promise<void> {
    const changes = await findChanges(views, known, full);
    this.report.filesTotal = changes.unchanged + changes.toInspect.length + changes.toPlace.length;
    this.report.counts.filesDone = changes.unchanged;
    const moves = new Moves(this.tools.database, changes.vanished);
    // What is back first: it can be seen before anything new was opened.
    await this.mark(changes.back, true);
    await this.placeAgain(changes);
    await this.inspectAll(changes, moves);
    await this.writeExtras(changes);
    const gone = changes.vanished.filter((file) => !moves.isClaimed(file.id));
    const merged = await mergeCopies(gone, this.library.id, this.tools.database, this.tools.writer);
    await this.mark(
      [...gone.filter((file) => file.available && !merged.has(file.id)), ...changes.unreachable],
      false,
    );
    const { database, writer } = this.tools;
    await dropVanishedSidecars(database, this.library.id, views);
    if (await scanPlaylists(database, this.library, views)) writer.announce(this.library.id, []);
  }

  private async mark(files: readonly KnownFile[], available: boolean): Promise<void> {
    const ids = files.filter((file) => file.available !== available).map((file) => file.id);
    for (const slice of chunked(ids, 200)) {
      await this.report.breathe();
      const { database, writer } = this.tools;
      await database.write(async (manager) => {
        writer.announce(this.library.id, await setAvailable(manager, slice, available, this.startedAt));
      });
    }
  }

  /** Same bytes, other sidecars: grouped by title, so that a title whose files agree is changed once. */
  private async placeAgain({ toPlace, vanished }: Changes): Promise<void> {
    const sorted = toPlace.toSorted((a, b) => ((a.known?.titleId ?? '') < (b.known?.titleId ?? '') ? -1 : 1));
    let batch: SeenFile[] = [];
    for (const [index, file] of sorted.entries()) {
      batch.push(file);
      const next = sorted[index + 1];
      const isTitleComplete = next?.known?.titleId !== file.known?.titleId || batch.length >= batchSize * 5;
      if (next && (batch.length < batchSize || !isTitleComplete)) continue;
      await this.report.breathe();
      await this.writeBatch(await this.replaceBatch(batch), vanished);
      batch = [];
    }
  }

  private async replaceBatch(batch: readonly SeenFile[]): Promise<SeenFileRecord[]> {
    const ids = batch.flatMap((file) => file.known?.id ?? []);
    const rows = await this.tools.database.read.findBy(MediaFile, { id: In(ids) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const records: SeenFileRecord[] = [];
    for (const [index, file] of batch.entries()) {
      if (index % 25 === 24) await nextTurn();
      const row = byId.get(file.known?.id ?? '');
      if (row) records.push({ file, record: await this.tools.readers.films.replace(file, row) });
    }
    return records;
  }

  /** Changed files first: what they held before may turn up under a new name. */
  private async inspectAll({ toInspect, vanished }: Changes, moves: Moves): Promise<void> {
    const held: SeenFileRecord[] = [];
    const isNew = (file: SeenFile): boolean => file.known === null;
    await this.inspectEach(
      toInspect.filter((file) => !isNew(file)),
      moves,
      vanished,
      held,
    );
    await this.inspectEach(toInspect.filter(isNew), moves, vanished, held);
    if (held.length === 0) return;
    const moving = await moves.claimSwaps(held.map(({ record }) => record));
    const write = async (batch: SeenFileRecord[]): Promise<void> => {
      for (const { record } of batch) this.decide(record);
      await this.writeBatch(batch, vanished);
    };
    if (moving.length > 0) {
      await this.tools.database.write(async (manager) => {
        for (const id of moving) await manager.update(MediaFile, id, { relativePath: `/moving/${id}` });
        await write(held);
      });
    } else for (const batch of chunked(held, batchSize)) await write(batch);
  }

  /** @param held gets the files whose contents are others than before */
  private async inspectEach(
    files: readonly SeenFile[],
    moves: Moves,
    vanished: readonly KnownFile[],
    held: SeenFileRecord[],
  ): Promise<void> {
    let next = 0;
    let ready: SeenFileRecord[] = [];
    let writing: Promise<void> = Promise.resolve();
    const flush = (): Promise<void> => {
      const batch = ready;
      ready = [];
      // One writer: batches are written in turn, while the next files are being inspected.
      writing = writing.then(async () => {
        await moves.claim(batch.map(({ record }) => record));
        for (const { record } of batch) this.decide(record);
        await this.writeBatch(batch, vanished);
      });
      return writing;
    };
    const worker = async (): Promise<void> => {
      for (let file = files[next++]; file; file = files[next++]) {
        await this.report.breathe();
        this.report.current = file.path;
        const record = await this.inspectOne(file, moves);
        if (record === null) this.report.counts.filesDone++;
        else if (record.known && moves.isDisplaced(record.known.id)) held.push({ file, record });
        else ready.push({ file, record });
        if (ready.length >= batchSize) await flush();
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: inspectedAtOnce }, worker));
    // What was inspected is kept, also when the scan was cancelled: it need not be done again.
    if (ready.length > 0) await flush();
    await writing;
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** A person's word, which may have come along with a row, outweighs the name. */
  private decide(record: FileRecord): void {
    if (!record.manualMatch || !record.parsed) return;
    record.placement = place(record.parsed, record.nfo, record.manualMatch);
    if (record.media && record.state === 'unmatched')
      Object.assign(record, { state: 'matched', reason: null });
  }

  private async inspectOne(file: SeenFile, moves: Moves): Promise<FileRecord | null> {
    const record = await (
      isTagged(file.entry) ? this.tools.readers.tagged : this.tools.readers.films
    ).inspect(file);
    if (!record || !file.known) return record;
    const row = await this.tools.database.read.findOneBy(MediaFile, { id: file.known.id });
    if (row) record.manualMatch = row.manualMatch;
    const isOther =
      row &&
      row.fingerprint !== null &&
      record.fingerprint !== null &&
      row.fingerprint !== record.fingerprint;
    if (isOther) moves.displace(row.id);
    return record;
  }

  /** Extras wait until what they accompany is written. */
  private async writeBatch(batch: readonly SeenFileRecord[], vanished: readonly KnownFile[]): Promise<void> {
    const main = batch.filter((each) => !attachExtras.isExtra(each) || each.record.manualMatch !== null);
    this.extras.push(...batch.filter((each) => !main.includes(each)));
    await this.write(
      main.map(({ record }) => record),
      vanished,
    );
  }

  private async writeExtras({ vanished }: Changes): Promise<void> {
    for (const slice of chunked(this.extras, batchSize)) {
      await this.report.breathe();
      await attachExtras.attach(slice, this.tools.database);
      await this.write(
        slice.map(({ record }) => record),
        vanished,
      );
    }
  }

  private async write(records: readonly FileRecord[], vanished: readonly KnownFile[]): Promise<void> {
    if (records.length === 0) return;
    const context = {
      libraryId: this.library.id,
      vanished: new Set(vanished.map((file) => file.id)),
      startedAt: this.startedAt,
    };
    await this.tools.writer.write(records, context);
    const { counts } = this.report;
    counts.filesDone += records.length;
    counts.added += records.filter((record) => record.known === null).length;
    counts.changed += records.filter((record) => record.known !== null).length;
    counts.failed += records.filter((record) => record.state === 'failed').length;
    this.report.tick();
  }
}

/** A record with the file it was made from. */
export interface SeenFileRecord {
  file: SeenFile;
  record: FileRecord;
}
