import { mediaInput } from '../../ffmpeg/media-input-arguments.js';
import type { MediaInput } from '../media-input.js';
import { timelineOrigin } from '../timeline/segment-table.js';

export const quiet = ['-hide_banner', '-v', 'error', '-nostdin'];

/** AVI has no presentation times. */
const genpts = ({ media }: MediaInput): string[] => (media.container === 'avi' ? ['-fflags', '+genpts'] : []);

/**
 * Opens a file and seeks in it. `-seek_timestamp` and `-copyts`: times are those of the file, not counted from where it
 * begins. @param seekTo s on the presentation timeline; null: at the beginning @param careful errors in it are stepped over
 * @param more before `-i`
 */
export function inputArguments(
  input: MediaInput,
  seekTo: number | null,
  careful: boolean,
  more: readonly string[] = [],
): string[] {
  const fileTime = seekTo === null ? null : seekTo + timelineOrigin(input.media);
  return [
    ...(careful ? ['-err_detect', 'ignore_err', '-fflags', '+discardcorrupt+genpts'] : genpts(input)),
    ...(fileTime === null ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', fileTime.toFixed(6)]),
    ...more,
    '-copyts',
    ...mediaInput(input.path),
  ];
}
