import { Injectable } from '@nestjs/common';
import { contentKey, PlayableService } from '../../library/playable.service.js';
import { KeyframeIndexService } from '../../transcoding/timeline/keyframe-index.service.js';
import { type ByteTimeline, timelineOf } from './byte-timeline.js';

export type { ByteTimeline } from './byte-timeline.js';

/** Their indices are read in milliseconds; others would have to be read whole. */
const indexed: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov']);

/** Which second of a film lies at which byte: half of the bytes are not half of the film. */
@Injectable()
export class ByteTimelineService {
  constructor(
    private readonly playables: PlayableService,
    private readonly keyframes: KeyframeIndexService,
  ) {}

  /** Of a film that is sent already: by the mean bitrate until its index was read. */
  atOnce(fileId: string, durationSeconds: number): ByteTimeline {
    let timeline: ByteTimeline = (share) => share * durationSeconds;
    this.of(fileId).then(
      (found) => (timeline = found ?? timeline),
      () => undefined,
    );
    return (share) => timeline(share);
  }

  /** Null where the media container has no index, or a broken one. */
  async of(fileId: string): Promise<ByteTimeline | null> {
    const { file, path } = await this.playables.file(fileId);
    const { media } = file;
    if (!media || !indexed.has(media.container) || !media.durationSeconds) return null;
    try {
      const index = await this.keyframes.of({ path, media, contentKey: contentKey(file) });
      return timelineOf(index, file.size, media.durationSeconds);
    } catch {
      // Whatever is wrong with it, playing it will say so; positions are then as good as the mean bitrate.
      return null;
    }
  }
}
