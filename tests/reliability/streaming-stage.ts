import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountRoutes } from '../../contract/src/account.js';
import { type PlaybackSession, playbackRoutes } from '../../contract/src/playback.js';
import { readFragment } from '../interop/hls/fragment.js';
import {
  factsOf,
  openMultivariant,
  RenditionUnderTest,
  type SegmentFacts,
} from '../interop/hls/validator.js';
import type { Client } from '../support/client.js';
import { cached } from '../support/clips.js';
import { Hearth, type HearthOptions } from '../support/hearth.js';
import { addLibrary, titleNamed } from '../support/scanned.js';

/** Decodes H.264 and AAC in segments and opens no file as it is. */
export const segmentsOnly = { containers: ['none'], videoCodecs: ['h264'], audioCodecs: ['aac'] };
/** Decodes nothing that files hold: everything is encoded for it. */
export const encodesOnly = { containers: ['none'], videoCodecs: ['none'], audioCodecs: ['aac'] };

/** Two minutes that take an encoder a while and some 25 MB, with sound that no browser decodes. Made once a machine. */
export const longFilm = (name = 'long.mkv', hertz = 440): Promise<string> =>
  cached(name, 120, () =>
    Promise.resolve([
      ...['-f', 'lavfi', '-i', 'testsrc2=d=120:s=960x540:r=15', '-f', 'lavfi', '-i', `sine=f=${hertz}:d=120:r=48000`],
      ...['-vf', 'noise=alls=8:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '3M', '-g', '75'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'ac3', '-ac', '2'],
    ]),
  ); // prettier-ignore

/** A server with films, whose names are what they are called by. */
export class StreamingStage {
  private constructor(
    readonly hearth: Hearth,
    readonly ada: Client,
    readonly folder: string,
    readonly libraryId: string,
  ) {}

  /** @param films paths by title; linked, not copied, unless `put` says otherwise */
  static async open(
    films: ReadonlyMap<string, string>,
    options: HearthOptions = {},
    put: (from: string, to: string) => Promise<void> = symlink,
  ): Promise<StreamingStage> {
    const folder = await mkdtemp(join(tmpdir(), 'hearth-streaming-'));
    for (const [title, path] of films) await put(path, join(folder, `${title}.${path.split('.').at(-1)}`));
    const hearth = await Hearth.start(options);
    const ada = await hearth.setUp();
    const { id } = await addLibrary(ada, 'movies', folder);
    return new StreamingStage(hearth, ada, folder, id);
  }

  async close(): Promise<void> {
    await this.hearth.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The same person on another device. */
  async device(): Promise<Client> {
    const login = { username: 'ada', password: 'correct horse' };
    return this.hearth.client.as((await this.hearth.client.call(accountRoutes.login, login)).accessToken);
  }

  async play(
    who: Client,
    title: string,
    { client = encodesOnly, quality }: { client?: typeof encodesOnly; quality?: string } = {},
  ): Promise<Played> {
    const { id } = await titleNamed(who, title);
    const choice = quality === undefined ? {} : { choice: { quality } };
    const session = await who.call(playbackRoutes.start, { titleId: id, client, ...choice });
    return Played.open(who, session);
  }
}

/** A session and the renditions of it that its playlists name. */
export class Played {
  private constructor(
    readonly who: Client,
    readonly session: PlaybackSession,
    readonly video: RenditionUnderTest,
    readonly audio: RenditionUnderTest,
  ) {}

  static async open(who: Client, session: PlaybackSession): Promise<Played> {
    const multivariant = await openMultivariant(new URL(session.url, who.baseUrl).href);
    const sound = multivariant.media.find((one) => one.get('TYPE') === 'AUDIO')?.get('URI');
    const [picture] = multivariant.variants;
    if (!picture || sound === undefined) throw new Error('a session without picture or sound');
    const renditions = [RenditionUnderTest.open(picture.url), RenditionUnderTest.open(sound)] as const;
    const [video, audio] = await Promise.all(renditions);
    return new Played(who, session, video, audio);
  }

  stop(): Promise<void> {
    return this.who.call(playbackRoutes.stop, { sessionId: this.session.sessionId });
  }
}

/** Where a segment lies. */
export function segmentUrl(rendition: RenditionUnderTest, index: number): string {
  const segment = rendition.playlist.segments[index];
  if (!segment) throw new Error(`no segment ${index}`);
  return new URL(segment.url, rendition.url).href;
}

/** One answer; a refusal is read to its end. */
export async function ask(url: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(url, { ...(signal && { signal }) });
  const body = Buffer.from(await response.arrayBuffer());
  const { status, headers } = response;
  return { status, headers, body };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The problem's code; anything that is none throws. */
export function problemOf({ status, headers, body }: Answer): { code: string; detail: string } {
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${status} ${type}: ${body.toString().slice(0, 300)}`);
  const problem: unknown = JSON.parse(body.toString());
  if (typeof problem !== 'object' || problem === null || !('code' in problem))
    throw new Error(`a problem without a code: ${body.toString().slice(0, 300)}`);
  return { code: String(problem.code), detail: 'detail' in problem ? String(problem.detail) : '' };
}

export const factsOfSegment = (bytes: Buffer): SegmentFacts => factsOf(readFragment(bytes));
