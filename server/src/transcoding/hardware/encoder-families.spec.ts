import type { EncodePlan } from '../head/encoder.js';
import { candidates, encoderNames, type FamilyName, familyNames, reduced } from './encoder-families.js';

const plan: EncodePlan = {
  width: 1280,
  height: 534,
  frameRate: { num: 24000, den: 1001 },
  bitrate: 3_200_000,
  groupFrames: 48,
  keyFrames: 'not(mod(n,48))',
  level: '3.1',
};
const group = '-g 48 -bf 0 -flags +cgop -force_key_frames expr:not(mod(n,48))';
const rate = '-b:v 2560000 -maxrate:v 3200000 -bufsize:v 6400000';
const device = '-init_hw_device vaapi=hw:/dev/dri/renderD129 -filter_hw_device hw';
const scale =
  'format=nv12|vaapi,hwupload,scale_vaapi=w=1280:h=534:format=nv12:out_color_matrix=bt709:out_range=tv,setsar=1';

/** family, input, upload, scale, output */
const table: [FamilyName, string, string, string | undefined, string][] = [
  [
    'nvenc',
    '-hwaccel cuda',
    'format=nv12',
    undefined,
    `-c:v h264_nvenc -preset p4 -profile:v high -level:v 31 -rc vbr ${rate} ${group} -forced-idr 1 -no-scenecut 1`,
  ],
  [
    'qsv',
    `${device} -hwaccel vaapi -hwaccel_device hw`,
    'format=nv12,hwupload,hwmap=derive_device=qsv,format=qsv',
    `${scale},hwmap=derive_device=qsv,format=qsv`,
    `-c:v h264_qsv -preset faster -profile:v high -level:v 31 -look_ahead 0 ${rate} ${group} -forced_idr 1 -idr_interval 0`,
  ],
  [
    'vaapi',
    `${device} -hwaccel vaapi -hwaccel_device hw`,
    'format=nv12,hwupload',
    scale,
    `-c:v h264_vaapi -profile:v high -level:v 31 -rc_mode VBR ${rate} ${group} -idr_interval 0`,
  ],
  [
    'v4l2m2m',
    '',
    'format=yuv420p',
    undefined,
    `-c:v h264_v4l2m2m -b:v 2560000 ${group} -num_capture_buffers 16`,
  ],
];

test.each(table)('arguments of %s', (family, input, upload, scaled, output) => {
  const [encoder] = candidates(family, ['/dev/dri/renderD129']);
  if (!encoder) throw new Error('no candidate');
  expect(encoder.inputArguments.join(' ')).toBe(input);
  expect(encoder.uploadFilters.join(',')).toBe(upload);
  expect(encoder.scaleFilters?.(plan).join(',')).toBe(scaled);
  expect(encoder.outputArguments(plan).join(' ')).toBe(output);
  expect(encoder).toMatchObject({ name: encoderNames[family], hardware: true });
});

test('every render node is a candidate, in both modes of VAAPI; none listed means the usual one', () => {
  const devices = ['/dev/dri/renderD128', '/dev/dri/renderD129'];
  expect(candidates('vaapi', devices).map(({ id }) => id)).toEqual([
    '/dev/dri/renderD128',
    '/dev/dri/renderD128 low power',
    '/dev/dri/renderD129',
    '/dev/dri/renderD129 low power',
  ]);
  expect(candidates('vaapi', devices)[1]?.outputArguments(plan).join(' ')).toContain('-low_power 1 -rc_mode');
  expect(candidates('qsv', []).map(({ device: path }) => path)).toEqual(['/dev/dri/renderD128']);
});

test.each(familyNames)('%s keeps its device when it decodes or scales badly', (family) => {
  const [encoder] = candidates(family, ['/dev/dri/renderD129']);
  if (!encoder) throw new Error('no candidate');
  const less = reduced(encoder, { decodes: false, scales: false });
  expect(less.inputArguments.join(' ')).toBe(family === 'qsv' || family === 'vaapi' ? device : '');
  expect(less.scaleFilters).toBeUndefined();
  expect(less.outputArguments(plan)).toEqual(encoder.outputArguments(plan));
  expect(reduced(encoder, { decodes: true, scales: true }).inputArguments).toEqual(encoder.inputArguments);
});
