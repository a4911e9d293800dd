import { fuzz } from '../testing/request-fuzz.js';
import type { Served } from '../testing/served.js';
import { fuzzedServer } from '../testing/fuzzed-server.js';

let served: Served;
beforeAll(async () => {
  served = await fuzzedServer();
});
afterAll(() => served.stop());

test('3000 broken requests: no crash, no error of ours, no 5xx but faults of actions', async () => {
  const result = await fuzz(served.port, 3000, 20_261_121, 32);
  expect(result.faults).toEqual([]);
  expect(served.errors).toEqual([]);
  // They must reach what they are meant to try: answers of every kind, and few that are only refused.
  expect(Object.keys(result.byStatus)).toEqual(
    expect.arrayContaining(['200', '206', '400', '404', '406', '412', '500']),
  );
  expect(result.byStatus['200']).toBeGreaterThan(600);
  expect((await served.ask('GET /description.xml')).status).toBe(200);
});
