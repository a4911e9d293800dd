import type { ServerEvent } from '../../events/event-bus.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import type { CastEntry } from './cast-entry.js';
import { type LentScreen, SenderRights } from './sender-rights.service.js';

const film: CastEntry = {
  ...{ item: { titleId: 'T' }, accountId: 'tim', sessionId: 'phone', name: 'Film' },
  ...{ titleId: 'T', episodeId: null, fileId: 'F' },
};

let tell: (event: ServerEvent) => void;
let stopped: string[];
let refusal: Error | undefined;

const screen = (name: string, item: CastEntry | undefined): LentScreen => ({
  name,
  offer: () => (refusal ? Promise.reject(refusal) : Promise.resolve({} as never)),
  player: { state: { item }, stop: () => Promise.resolve(void stopped.push(name)) },
});

function listen(...screens: LentScreen[]): void {
  const events = {
    listen: (listener: typeof tell) => {
      tell = listener;
      return () => true;
    },
  };
  new SenderRights(
    { all: screens },
    events as never,
    new Logger(new LogSink('error'), 'test'),
  ).onModuleInit();
}
/** Whatever was begun by an event has had its turns. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  stopped = [];
  refusal = undefined;
});

test('what was sent from a device ends when that is signed out', () => {
  listen(screen('hall', film), screen('attic', { ...film, sessionId: 'laptop' }), screen('den', undefined));
  tell({ name: 'session.revoked', payload: { sessionId: 'phone' }, accountId: 'tim' });
  expect(stopped).toEqual(['hall']);
});

test.each([
  ['what they may not see any more ends', notFound('title'), ['hall']],
  ['what they still see plays on', undefined, []],
  ['a trouble of ours ends nothing', new ProblemError('UNAVAILABLE'), []],
])('limits change: %s', async (_, error, expected) => {
  listen(screen('hall', film), screen('attic', { ...film, accountId: 'ada' }));
  refusal = error;
  tell({ name: 'limits.changed', payload: { limited: true }, accountId: 'tim' });
  await settled();
  expect(stopped).toEqual(expected);
});
