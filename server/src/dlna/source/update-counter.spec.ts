import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { CounterEntity, UpdateCounter } from './update-counter.js';

let opened: TestDatabase;
const counter = () =>
  new UpdateCounter(opened.database, new Logger(new LogSink('error', () => undefined), 'test'));

beforeAll(async () => (opened = await openTestDatabase([CounterEntity])));
afterAll(() => opened.close());

test('what was said once is never said again after a restart, however the process ended', async () => {
  let last = 0;
  for (const changes of [0, 5, 2500, 3]) {
    const one = counter();
    await one.load();
    expect(one.value).toBeGreaterThan(last);
    // More at once than can be written down meanwhile; then the process is gone without a farewell.
    for (let change = 0; change < changes; change++) last = one.rise();
    last = Math.max(last, one.value);
  }
  expect(last).toBeLessThan(2 ** 32);
});

test('it rises with every change, for as long as there are any', async () => {
  const one = counter();
  await one.load();
  let last = one.value;
  for (let change = 0; change < 3000; change++) {
    expect(one.rise()).toBe(last + 1);
    last = one.value;
    if (change % 400 === 0) await one.saved();
  }
});
