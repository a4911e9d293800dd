import { type Release, WorkLimit } from './work-limit.js';

/** Takes part in `limit` under a name; `seen` tells who got in, in order. */
function crowd(limit: WorkLimit) {
  const seen: string[] = [];
  const releases = new Map<string, Release>();
  const come = async (name: string, options?: Parameters<WorkLimit['acquire']>[0]): Promise<void> => {
    const release = await limit.acquire(options);
    seen.push(name);
    releases.set(name, release);
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const go = async (name: string): Promise<void> => {
    releases.get(name)?.();
    await turn();
  };
  return { seen, come, go, turn };
}

describe('WorkLimit', () => {
  test('lets in as many as fit, the rest in the order they came', async () => {
    const limit = new WorkLimit(2);
    const { seen, come, go, turn } = crowd(limit);
    for (const name of ['a', 'b', 'c', 'd']) void come(name);
    await turn();
    expect([seen, limit.running, limit.waiting]).toEqual([['a', 'b'], 2, 2]);
    await go('b');
    expect(seen).toEqual(['a', 'b', 'c']);
    await go('a');
    await go('c');
    await go('d');
    expect([seen, limit.running, limit.waiting]).toEqual([['a', 'b', 'c', 'd'], 0, 0]);
  });

  test('nobody gets in between the one that leaves and the next in line', async () => {
    const limit = new WorkLimit(1);
    const { seen, come, turn } = crowd(limit);
    const leave = await limit.acquire();
    void come('waited');
    leave();
    void come('late');
    await turn();
    expect([seen, limit.running]).toEqual([['waited'], 1]);
  });

  test('a place given back twice is one place', async () => {
    const limit = new WorkLimit(1);
    const { seen, come, turn } = crowd(limit);
    const leave = await limit.acquire();
    void come('a');
    void come('b');
    leave();
    leave();
    await turn();
    expect([seen, limit.running, limit.waiting]).toEqual([['a'], 1, 1]);
  });

  test('who gives up waiting leaves the line, and takes no place', async () => {
    const limit = new WorkLimit(1);
    const { seen, come, go, turn } = crowd(limit);
    const abort = new AbortController();
    void come('a');
    const given = come('b', { signal: abort.signal });
    void come('c');
    await turn();
    abort.abort(new Error('closed the page'));
    await expect(given).rejects.toThrow('closed the page');
    expect(limit.waiting).toBe(1);
    await go('a');
    expect(seen).toEqual(['a', 'c']);
    await expect(limit.acquire({ signal: abort.signal })).rejects.toThrow('closed the page');
    await go('c');
    expect(limit.running).toBe(0);
  });

  test('an abort after the place was given changes nothing', async () => {
    const limit = new WorkLimit(1);
    const { seen, come, go, turn } = crowd(limit);
    const abort = new AbortController();
    void come('a');
    void come('b', { signal: abort.signal });
    void come('c');
    await turn();
    await go('a');
    abort.abort();
    await turn();
    expect([seen, limit.running, limit.waiting]).toEqual([['a', 'b'], 1, 1]);
  });

  test('tells where one stands, only when that changes', async () => {
    const limit = new WorkLimit(1);
    const { come, go, turn } = crowd(limit);
    const told: [string, number][] = [];
    const onPosition = (name: string) => ({ onPosition: (at: number) => void told.push([name, at]) });
    const abort = new AbortController();
    void come('a', onPosition('a'));
    void come('b', onPosition('b'));
    const given = come('c', { ...onPosition('c'), signal: abort.signal });
    void come('d', onPosition('d'));
    await turn();
    expect(told.splice(0)).toEqual([['b', 0], ['c', 1], ['d', 2]]); // prettier-ignore
    abort.abort(new Error('no'));
    await expect(given).rejects.toThrow('no');
    expect(told.splice(0)).toEqual([['d', 1]]);
    await go('a');
    expect(told).toEqual([['d', 0]]);
  });

  test('refuses one too many in line', async () => {
    const limit = new WorkLimit(1, { mostWaiting: 1, refusal: () => new Error('full') });
    const leave = await limit.acquire();
    const next = limit.acquire();
    await expect(limit.acquire()).rejects.toThrow('full');
    leave();
    (await next)();
    (await limit.acquire())();
  });

  test('work that fails gives its place back', async () => {
    const limit = new WorkLimit(1);
    await expect(limit.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(limit.run(() => Promise.resolve(1))).resolves.toBe(1);
    expect(limit.running).toBe(0);
  });

  test('a limit that would let nobody in is a mistake', () => {
    expect(() => new WorkLimit(0)).toThrow(RangeError);
    expect(() => new WorkLimit(Number.NaN)).toThrow(RangeError);
  });
});
