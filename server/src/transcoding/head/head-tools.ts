import type { Logger } from '../../common/log/logger.js';
import type { MediaInput } from '../media-input.js';
import type { SegmentStore } from '../store/segment-store.port.js';
import type { KeyframeIndex } from '../timeline/segment-table.js';
import type { VideoEncoder } from './encoder.js';
import type { HeadLimits } from './head.js';

/** What heads work with. */
export interface HeadTools {
  readonly ffmpeg: string;
  readonly store: SegmentStore;
  readonly log: Pick<Logger, 'warn'>;
  readonly now: () => number;
  /** The encoder to use for pictures at the moment. */
  readonly encoder: () => VideoEncoder;
  /** The one that always works. */
  readonly software: VideoEncoder;
  /** Told when a hardware encoder gave up and software took over. */
  readonly encoderFailed?: (encoder: string, reason: string) => void;
  /** Whether ffmpeg can tone-map. */
  readonly zscale: () => Promise<boolean>;
  readonly keyframes: (input: MediaInput) => Promise<KeyframeIndex>;
  /** A filter that draws a text subtitle stream; null where it is not text. */
  readonly drawText: (input: MediaInput, stream: number) => Promise<string | null>;
  readonly videoLimits: HeadLimits;
  readonly audioLimits: HeadLimits;
}
