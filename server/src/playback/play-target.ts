import type { MediaInfo } from '../ffmpeg/media-info.js';
import type { PlayableFile } from '../library/playable.service.js';
import type { Decision } from '../transcoding/decision/decision.service.js';
import type { PlayItem } from '../user/play-state.service.js';
import type { PlayRequest } from './file-decision.service.js';

/** What will be played, and how. */
export interface PlayTarget {
  item: PlayItem;
  file: PlayableFile;
  path: string;
  media: MediaInfo;
  decision: Decision;
  /** A smaller version made before, which plays instead of the file; null for the file itself. */
  madeVersionId: string | null;
  /** What a provider found, which plays; undefined for a file of a library. */
  sourceId?: string | undefined;
  /** What the device draws by itself. */
  subtitleFormats: PlayRequest['client']['subtitleFormats'];
}
