import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface ClipOptions {
  /** Default 10. */
  seconds?: number;
  /** Bits per second of the picture; default what testsrc2 needs, a few hundred kilobits. */
  bitrate?: number;
  /** Text of an embedded subtitle track, SRT. */
  subtitles?: string;
  /** Pixels; default 160x90. */
  size?: string;
  videoCodec?: 'libx264' | 'mpeg4' | 'libvpx-vp9';
  /** Frames from one key frame to the next, at 10 a second; default the encoder's own. */
  group?: number;
}

/** Folders of real media, made by ffmpeg, that nobody will miss. */
export class MediaFolder {
  private made = 0;

  private constructor(readonly root: string) {}

  static async make(): Promise<MediaFolder> {
    return new MediaFolder(await mkdtemp(join(tmpdir(), 'hearth-media-')));
  }

  path(name: string): string {
    return join(this.root, name);
  }

  /** A film with picture and sound; every one has bytes of its own. The ending chooses the container. */
  async film(name: string, options: ClipOptions = {}): Promise<string> {
    const { seconds = 10, size = '160x90', videoCodec = 'libx264', subtitles, bitrate, group } = options;
    const path = await this.room(name);
    const srt = `${path}.embedded.srt`;
    if (subtitles) await writeFile(srt, subtitles);
    const text = path.endsWith('.mp4') ? 'mov_text' : 'srt';
    execFileSync(ffmpeg(), [
      ...['-v', 'error', '-y', '-nostdin'],
      ...['-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=${size}:r=10`],
      ...['-f', 'lavfi', '-i', `sine=frequency=${200 + this.made++}:duration=${seconds}`],
      ...(subtitles ? ['-i', srt, '-map', '0', '-map', '1', '-map', '2', '-c:s', text] : []),
      ...['-c:v', videoCodec, ...(videoCodec === 'libx264' ? ['-preset', 'ultrafast'] : [])],
      ...(group ? ['-g', String(group)] : []),
      ...(bitrate ? ['-b:v', String(bitrate), '-minrate', String(bitrate), '-maxrate', String(bitrate)] : []),
      ...['-c:a', path.endsWith('.webm') ? 'libopus' : 'aac', '-metadata', `comment=${this.made}`, path],
    ]);
    if (subtitles) await rm(srt);
    return path;
  }

  /** A poster or fanart, JPEG or PNG by the ending. */
  async picture(name: string, size = '200x300', color = '0x336699'): Promise<string> {
    const path = await this.room(name);
    const source = ['-f', 'lavfi', '-i', `color=${color}:s=${size}`, '-frames:v', '1'];
    execFileSync(ffmpeg(), ['-v', 'error', '-y', '-nostdin', ...source, path]);
    return path;
  }

  /** Anything else: subtitles, `.nfo`, damaged files. */
  async write(name: string, contents: string | Uint8Array): Promise<string> {
    const path = await this.room(name);
    await writeFile(path, contents);
    return path;
  }

  async copy(from: string, to: string): Promise<string> {
    const path = await this.room(to);
    await copyFile(this.path(from), path);
    return path;
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }

  private async room(name: string): Promise<string> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }
}

const ffmpeg = (): string => process.env['FFMPEG_PATH'] || 'ffmpeg';

/** SRT cues of one second each, from second 1 on. */
export function srt(...lines: string[]): string {
  const time = (seconds: number) => `00:00:${String(seconds).padStart(2, '0')},000`;
  return lines.map((line, n) => `${n + 1}\n${time(n + 1)} --> ${time(n + 2)}\n${line}\n`).join('\n');
}
