import { problemOfCall, problemOfElement } from './player-problem';

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
  [2, 'unreachable'],
  [3, 'damaged'],
  [4, 'unsupported'],
])('media error %d is shown as %s', (code, fault) => {
  expect(problemOfElement({ code, message: '' }, '/f').fault).toBe(fault);
});

test('a signature never gets into the details that people copy', () => {
  expect(
    problemOfElement({ code: 4, message: 'x' }, '/api/media/files/7?user=1&signature=secret').details,
  ).not.toContain('secret');
});
