import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../../common/problem-error.js';
import type { Ticket } from '../../common/ticket-signer.js';
import {
  dashManifest,
  type MediaInput,
  mediaPlaylist,
  multivariantPlaylist,
  TranscodingService,
} from '../../transcoding/transcoding.service.js';
import type { LiveSession } from '../live/live-session.js';
import { LiveSessions } from '../live/live-sessions.js';
import { StatusAnnouncer } from '../live/status-announcer.js';
import { PlaylistSubtitlesService } from './playlist-subtitles.service.js';
import { StreamMetrics } from './stream-metrics.service.js';
import { streamProblem } from './stream-problems.js';
import { StreamSourceService } from './stream-source.service.js';

/** How often a start that waits looks what it waits for, ms. */
const watchMs = 50;

type Transcoding = Pick<
  TranscodingService,
  'presentation' | 'rendition' | 'table' | 'init' | 'segment' | 'activity'
>;

/** What a ticket gives: playlists and segments, with the session's clock running beside. */
@Injectable()
export class StreamService {
  constructor(
    @Inject(StreamSourceService) private readonly sources: Pick<StreamSourceService, 'of'>,
    @Inject(LiveSessions) private readonly live: Pick<LiveSessions, 'take'>,
    @Inject(TranscodingService) private readonly transcoding: Transcoding,
    @Inject(PlaylistSubtitlesService)
    private readonly subtitles: Pick<PlaylistSubtitlesService, 'of' | 'playlist' | 'text'>,
    private readonly announcer: StatusAnnouncer,
    private readonly metrics: StreamMetrics,
  ) {}

  /** The multivariant playlist, or the DASH manifest. */
  manifest(ticket: Ticket, kind: 'hls' | 'dash', signal: AbortSignal): Promise<string> {
    return this.serve(ticket, signal, async (input, session) => {
      if (!session.playing) session.timeline.begin('index');
      const subtitles = await this.subtitles.of(ticket.fileId, input.media);
      const presentation = await this.transcoding.presentation(input, ticket.renditions, subtitles, signal);
      session.timeline.end();
      return kind === 'hls' ? multivariantPlaylist(presentation) : dashManifest(presentation);
    });
  }

  playlist(ticket: Ticket, renditionId: string, signal: AbortSignal): Promise<string> {
    return this.serve(ticket, signal, async (input) => {
      const rendition = this.transcoding.rendition(input, this.permitted(ticket, renditionId));
      return mediaPlaylist(await this.transcoding.table(input, rendition, signal));
    });
  }

  init(ticket: Ticket, renditionId: string, signal: AbortSignal): Promise<Uint8Array> {
    return this.serve(ticket, signal, (input, session) =>
      this.waitFor(session, this.permitted(ticket, renditionId), signal, () =>
        this.transcoding.init(input, renditionId, signal),
      ),
    );
  }

  segment(ticket: Ticket, renditionId: string, index: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.serve(ticket, signal, async (input, session) => {
      const began = performance.now();
      const bytes = await this.waitFor(session, this.permitted(ticket, renditionId), signal, () =>
        this.transcoding.segment(input, renditionId, index, signal),
      );
      this.metrics.segmentSent((performance.now() - began) / 1000, bytes.length);
      if (renditionId.startsWith('v')) session.shown = renditionId;
      this.played(session, renditionId);
      return bytes;
    });
  }

  /** @param id as the multivariant playlist names the track */
  subtitlePlaylist(ticket: Ticket, id: string, signal: AbortSignal): Promise<string> {
    return this.serve(ticket, signal, async (input) => {
      const tracks = await this.subtitles.of(ticket.fileId, input.media);
      if (!tracks.some((track) => track.id === id)) throw notFound('subtitle in this session');
      return this.subtitles.playlist(input.media);
    });
  }

  /** @param id as the playlist names the track: `s<stream index or file id>` */
  subtitleText(ticket: Ticket, id: string, signal: AbortSignal): Promise<string> {
    return this.serve(ticket, signal, () => this.subtitles.text(ticket.fileId, id));
  }

  /** A ticket opens what is written in it and nothing else. */
  private permitted(ticket: Ticket, renditionId: string): string {
    if (!ticket.renditions.includes(renditionId)) throw notFound('rendition in this session');
    return renditionId;
  }

  private async serve<T>(
    ticket: Ticket,
    signal: AbortSignal,
    work: (input: MediaInput, session: LiveSession) => Promise<T>,
  ): Promise<T> {
    const session = await this.live.take(ticket.sessionId, ticket.contentKey);
    session.seen();
    try {
      const input = await this.sources.of(ticket);
      const result = await work(input, session);
      session.error = null;
      return result;
    } catch (error) {
      throw signal.aborted ? error : await this.problem(error, ticket, session);
    }
  }

  /** An encoder that fails because the file went away says so in its own words: the disk's are better. */
  private async problem(error: unknown, ticket: Ticket, session: LiveSession): Promise<unknown> {
    const told = streamProblem(error);
    const problem =
      told instanceof ProblemError && told.code === 'TRANSCODE_FAILED'
        ? await this.cause(told, ticket)
        : told;
    const code = problem instanceof ProblemError ? problem.code : 'INTERNAL';
    this.metrics.refused(code);
    if (!['UNAVAILABLE', 'NOT_FOUND'].includes(code))
      session.error = problem instanceof ProblemError ? problem.message : 'Something broke on the server.';
    return problem;
  }

  private async cause(told: ProblemError, ticket: Ticket): Promise<unknown> {
    try {
      await this.sources.of(ticket);
      return told;
    } catch (error) {
      return error;
    }
  }

  /** Counts as a wait, and while nothing has played yet notes what the start waits for. */
  private async waitFor<T>(
    session: LiveSession,
    renditionId: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    const done = session.wait(renditionId);
    this.announcer.watch(session);
    const over = new AbortController();
    if (!session.playing && isLeading(session, renditionId))
      void this.followStart(session, renditionId, AbortSignal.any([signal, over.signal]));
    try {
      return await work();
    } finally {
      over.abort();
      done();
    }
  }

  private async followStart(session: LiveSession, renditionId: string, over: AbortSignal): Promise<void> {
    const { contentKey } = session.facts;
    const goesOn = (): boolean => !over.aborted && !session.playing;
    while (goesOn()) {
      const { state, framesPerSecond, encoder } = this.transcoding.activity(contentKey, renditionId);
      if (state === 'queued') session.timeline.begin('queue');
      else if (encoder !== null && framesPerSecond === null) session.timeline.begin('encoder-start');
      else session.timeline.begin('first-segment');
      await sleep(watchMs, undefined, { signal: over }).catch(() => undefined);
    }
  }

  private played(session: LiveSession, renditionId: string): void {
    if (session.playing || !isLeading(session, renditionId)) return;
    session.timeline.begin('first-segment');
    session.timeline.end();
    session.playing = true;
    const milliseconds = session.timeline.steps.at(-1)?.endMs ?? 0;
    this.metrics.firstSegmentSent(session.facts.plan.method, milliseconds / 1000);
  }
}

/** The picture, whichever quality the player takes; for music the sound. */
const isLeading = ({ facts }: LiveSession, renditionId: string): boolean =>
  facts.plan.renditions[0]?.startsWith(renditionId.slice(0, 1)) ?? false;
