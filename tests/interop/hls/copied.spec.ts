import { matrixClips } from '../../support/matrix-clips.js';
import { segmentsOf } from './segments-of.js';

// They are encoded too where there is time (`HEARTH_MATRIX=all`): the first of them says it for the others.
const all = process.env['HEARTH_MATRIX'] === 'all';
const clips = matrixClips.filter(({ copied }) => copied);

describe('segments of files whose picture is sent as it is', () => {
  segmentsOf(clips, (clip) => (clip === clips[0] || all ? [false, true] : [false]));
});
