import { matrixClips } from '../../support/matrix-clips.js';
import { segmentsOf } from './segments-of.js';

// One takes as long as all others together (`HEARTH_MATRIX=all`); the browser’s suite plays it.
const all = process.env['HEARTH_MATRIX'] === 'all';
const clips = matrixClips.filter(({ copied, name }) => !copied && (all || name !== 'uhd-hdr10.mkv'));

describe('segments of files whose picture is encoded', () => {
  segmentsOf(clips, () => [true]);
});
