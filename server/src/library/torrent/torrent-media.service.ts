import { basename } from 'node:path/posix';
import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { type MediaProbe, ProbeFailed } from '../../ffmpeg/media-probe.js';
import { Prober } from '../../ffmpeg/prober.js';
import { ContentCheck } from '../../torrent/content/content-check.service.js';
import { EngineError } from '../../torrent/engine/torrent-engine.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { Title } from '../entities/title.entity.js';
import type { LocatedFile } from '../playable.service.js';
import { isHdr, pictureHeight } from '../store/title-fields.js';
import { withoutBuriedText } from './buried-text.js';
import { torrentFileOf } from './torrent-ids.js';
import { isInTorrent, TorrentPlaces } from './torrent-places.service.js';

/** What a start waits for. */
export type TorrentStep = 'peers' | 'head-piece' | 'index';

/** Who waits for it. */
export interface Watcher {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((step: TorrentStep) => void) | undefined;
}

/** How often a start that waits looks whether there is somebody who has it, ms. */
const lookMs = 200;

/**
 * Sees what a file of a torrent is before it plays for the first time: its first bytes must be harmless, and head and
 * tail say what is in it. The rest is fetched where somebody watches.
 */
@Injectable()
export class TorrentMedia {
  private readonly flights = new Map<string, Promise<MediaInfo>>();
  /** Ids of files whose first bytes were looked at. */
  private readonly harmless = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly places: TorrentPlaces,
    @Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'facts'>,
    @Inject(Prober) private readonly prober: MediaProbe,
    private readonly content: ContentCheck,
  ) {}

  /**
   * The file with what is known of it; others than a torrent's are as they were.
   * @throws ProblemError TORRENT_REFUSED, TORRENT_NOT_READY, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED
   */
  async ready(located: LocatedFile, watcher: Watcher = {}): Promise<LocatedFile> {
    const { file } = located;
    if (!isInTorrent(file) || file.media) return located;
    const flight = this.flights.get(file.id) ?? this.begin(located, watcher);
    const media = await abandoned(flight, watcher.signal);
    const known = this.places.isPartial(file) ? withoutBuriedText(media) : media;
    return { ...located, file: Object.assign(file, { media: known }) };
  }

  /** Only whether it may be opened: for who gets it as it is. Looks once. @throws ProblemError TORRENT_REFUSED, TORRENT_NOT_READY */
  async mustBeHarmless(located: LocatedFile, signal?: AbortSignal): Promise<void> {
    const { file } = located;
    if (!isInTorrent(file) || file.media || this.harmless.has(file.id)) return;
    const check = this.checkedHead(located, () => undefined).catch((error: unknown) => {
      throw told(error);
    });
    await abandoned(check, signal);
  }

  private begin(located: LocatedFile, { onStep }: Watcher): Promise<MediaInfo> {
    const { id } = located.file;
    const flight = this.look(located, onStep ?? (() => undefined)).finally(() => this.flights.delete(id));
    this.flights.set(id, flight);
    return flight;
  }

  private async look(located: LocatedFile, onStep: (step: TorrentStep) => void): Promise<MediaInfo> {
    try {
      const { file, path } = located;
      await this.checkedHead(located, onStep);
      onStep('index');
      const media = await this.prober.probe(path);
      await this.save(file, media);
      return media;
    } catch (error) {
      throw told(error);
    }
  }

  private async checkedHead(located: LocatedFile, onStep: (step: TorrentStep) => void): Promise<void> {
    const { id, relativePath, size } = located.file;
    if (this.harmless.has(id)) return;
    const head = await this.head(located, onStep);
    this.content.mustBeHarmless(head, { name: basename(relativePath), size });
    this.harmless.add(id);
  }

  private async head(located: LocatedFile, onStep: (step: TorrentStep) => void): Promise<Uint8Array> {
    const infoHash = torrentFileOf(located.file.id)?.infoHash;
    const isGiven = (): boolean => infoHash === undefined || (this.torrents.facts(infoHash)?.peers ?? 0) > 0;
    const step = (): void => onStep(isGiven() ? 'head-piece' : 'peers');
    step();
    const timer = setInterval(step, lookMs);
    const source = await this.places.open(located);
    try {
      const chunks: Uint8Array[] = [];
      const end = Math.min(source.size, this.content.headBytes) - 1;
      for await (const chunk of source.read(0, end, new AbortController().signal))
        chunks.push(Uint8Array.from(chunk));
      onStep('head-piece');
      return Buffer.concat(chunks);
    } finally {
      clearInterval(timer);
      await source.close();
    }
  }

  private save({ id, titleId }: MediaFile, media: MediaInfo): Promise<void> {
    const isFilm = streamsOf(media, 'video').length > 0;
    return this.database.write(async (manager) => {
      await manager.update(MediaFile, { id }, { media });
      const links = await manager.findBy(EpisodeFile, { fileId: id });
      const runtime = { runtimeSeconds: media.durationSeconds };
      for (const { episodeId } of links) await manager.update(Episode, { id: episodeId }, runtime);
      if (titleId === null) return;
      const looks = isFilm ? { maxHeight: pictureHeight(media), hdr: isHdr(media) } : {};
      await manager.update(Title, { id: titleId }, { ...looks, ...(links.length === 0 && runtime) });
    });
  }
}

/** Whoever leaves stops waiting; others may wait for the same. */
function abandoned<T>(flight: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return flight;
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(new Error('Nobody waits any more'));
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  flight.catch(() => undefined);
  return Promise.race([flight, left.promise]).finally(() => signal.removeEventListener('abort', leave));
}

/** What went wrong, as the person who waits may know it. */
function told(error: unknown): unknown {
  if (error instanceof EngineError && error.code === 'removed') return new ProblemError('NOT_FOUND', { detail: 'The torrent was removed.' }); // prettier-ignore
  if (error instanceof EngineError)
    return new ProblemError('TORRENT_NOT_READY', {
      detail: 'Nobody gives the beginning of this file at the moment. Try again later.',
      retryAfter: 30,
    });
  if (!(error instanceof ProbeFailed)) return error;
  if (['timeout', 'unreadable', 'busy'].includes(error.code))
    return new ProblemError('TORRENT_NOT_READY', {
      detail: 'Beginning and end of this file could not be read in time. Try again later.',
      retryAfter: 30,
    });
  return new ProblemError('PLAYBACK_UNSUPPORTED', { detail: error.reason });
}
