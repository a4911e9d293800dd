import { problemOfCall, problemOfTrouble } from './player-problem';

const refusal = (
  code: string,
  status: number,
  detail: string,
  errors: { path: string; message: string }[] = [],
) => ({
  code,
  status,
  detail,
  errors,
  request: 'POST /api/playback',
});

test('an unplayable file lists the server’s reasons', () => {
  const errors = [
    { path: 'video', message: 'This device does not decode hevc video.' },
    { path: 'audio', message: 'This device does not decode dts audio.' },
  ];
  const problem = problemOfCall(refusal('PLAYBACK_UNSUPPORTED', 409, 'Not as it is.', errors));
  expect(problem.fault).toBe('unsupported');
  expect(problem.reasons).toEqual(errors.map((error) => error.message));
});

test('without a list the detail is the reason', () => {
  const problem = problemOfCall(refusal('SOURCE_UNAVAILABLE', 409, 'The disk is not there.'));
  expect(problem).toMatchObject({ fault: 'gone', reasons: ['The disk is not there.'] });
});

test.each([
  ['NETWORK', 'unreachable'],
  ['NOT_FOUND', 'notFound'],
  ['INTERNAL', 'server'],
  ['SOMETHING_NEW', 'server'],
])('%s is shown as %s', (code, fault) => expect(problemOfCall(refusal(code, 500, '')).fault).toBe(fault));

test.each([
  ['network', 'unreachable'],
  ['refused', 'gone'],
  ['server', 'server'],
  ['media', 'damaged'],
  ['unsupported', 'unsupported'],
] as const)('trouble of %s is shown as %s', (kind, fault) => {
  expect(problemOfTrouble({ kind, reason: '' }, '/f').fault).toBe(fault);
});

test('neither a signature nor a ticket gets into the details that people copy', () => {
  const trouble = { kind: 'media', reason: 'MediaError 3' } as const;
  const { details } = problemOfTrouble(trouble, '/api/media/files/7?user=1&signature=secret');
  expect(details).toBe('MediaError 3\n/api/media/files/7');
  expect(problemOfTrouble(trouble, '/api/hls/tick.et_secret/master.m3u8').details).not.toContain('secret');
});
