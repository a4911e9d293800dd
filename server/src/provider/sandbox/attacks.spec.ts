import { afterAll, describe, expect, test } from '@jest/globals';
import { providerManifest } from '@hearth/contract/provider-manifest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '../../../../tests/support/wait-for.js';
import { guardedFetch } from '../../common/fetch/guarded-fetch.js';
import { type ProviderCall, ProviderMisbehaved, ProviderTrouble } from '../provider.js';
import { checkSources } from '../asking/check-answers.js';
import { permittedHosts } from './permitted-hosts.js';
import { SandboxFault, type SandboxOptions } from './sandbox.js';
import { startSandbox } from './sandbox-process.js';
import { sandboxedProvider } from './sandboxed-provider.js';
import { callOf, shortTurn, stageSandbox } from './testing/sandbox-stage.js';

/** What is done to the server through code that somebody made to do harm; each attack ends as it is said here. */

const stages: ReturnType<typeof stageSandbox>[] = [];
const stage = (source: string, options: Partial<SandboxOptions> = {}) => {
  const made = stageSandbox(source, options);
  stages.push(made);
  return made;
};
afterAll(() => Promise.all(stages.map(({ sandbox }) => sandbox.close())));

/** Asks code that has a `title`, and gives what came of it. */
const ask = (
  body: string,
  call?: Partial<ProviderCall>,
  options?: Partial<SandboxOptions>,
): Promise<unknown> =>
  stage(`export default { async title(question, { config, fetch, log }) { ${body} } }`, options).sandbox.ask(
    'title',
    {},
    callOf(call),
  );

/** The same for code that its process survives: one for all, whose code is its question. */
const shared = stage(`
  const AsyncFunction = (async () => {}).constructor;
  export default { title: ({ body }, { fetch }) => new AsyncFunction('fetch', body)(fetch) };
`, { permits: permittedHosts(['*.example.org', '10.0.0.1', 'localhost', '169.254.169.254'], []) }); // prettier-ignore
const askShared = (body: string, call?: Partial<ProviderCall>): Promise<unknown> =>
  shared.sandbox.ask('title', { body }, callOf(call));

const fault = (message: string) => new SandboxFault(message);
const late = fault('It worked for longer than it may.');
const greedy = fault('It took more memory than it may.');

describe('the processor', () => {
  test.each([
    ['a loop without end', 'for (;;);'],
    ['one that catches whatever stops it', 'for (;;) try { for (;;); } catch {}'],
    ['an expression that tries all ways', "/^(a+)+$/.test('a'.repeat(60) + 'b')"],
    [
      'promises that make promises',
      'const next = () => { Promise.resolve().then(next); }; next(); await new Promise(() => {})',
    ],
    ['waiting that never waits', 'for (;;) await null'],
  ])('%s is stopped', async (_, body) => {
    await expect(ask(body, {}, { limits: shortTurn })).rejects.toEqual(late);
  });

  test('so is one while it loads', async () => {
    const { sandbox } = stage('for (;;);', { limits: shortTurn });
    await expect(sandbox.ask('title', {}, callOf())).rejects.toEqual(late);
  });

  test('work inside the machine that cannot be interrupted is killed from outside', async () => {
    const body = 'Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)';
    await expect(ask(body, {}, { beatMs: 20, hangMs: 500 })).rejects.toEqual(fault('It hung.'));
  });
});

test('what hangs inside the machine when its server is killed ends with it', async () => {
  const sources = ['sandbox-process.ts', '../../../../tests/support/typescript-hooks.mjs'];
  const [module, hooks] = sources.map((path) => new URL(path, `file://${import.meta.dirname}/`).href);
  const hangs = { path: '--', niceness: 0, execArgv: ['-e', 'console.log(process.pid); for (;;);'] };
  const script = `
    const { startSandbox } = await import(${JSON.stringify(module)});
    startSandbox(${JSON.stringify(hangs)}, { line: (pid) => console.log(pid), tooLong() {}, exited() {} });
  `;
  const execArgv = ['--import', hooks ?? '', '--input-type=module', '-e', script];
  const server = spawn(process.execPath, execArgv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString());
  try {
    expect(isRunning(pid)).toBe(true);
    server.kill('SIGKILL');
    await waitFor(() => !isRunning(pid), 'its end');
  } finally {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
});

/** Not when it has ended and nobody has asked how, either. */
const isRunning = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

describe('memory', () => {
  test.each([
    ['arrays', 'globalThis.held = []; for (;;) held.push(new Array(1000).fill(1))'],
    ['buffers', 'globalThis.held = []; for (;;) held.push(new ArrayBuffer(1e6))'],
    ['texts', "globalThis.held = []; for (let n = 0; ; n++) held.push(n + 'x'.repeat(1e6))"],
    [
      'what catches whatever stops it',
      'const held = []; for (let n = 0; n < 1000; n++) try { held.push(new ArrayBuffer(1e5)) } catch {}',
    ],
  ])('%s end at their limit', async (_, body) => {
    await expect(ask(body)).rejects.toEqual(greedy);
  });
});

test.each([
  ['calling itself', 'const f = () => f() + 1; f()'],
  ['a text of brackets', "JSON.parse('['.repeat(1e6))"],
])('%s without end fails, and nothing else does', async (_, body) => {
  await expect(askShared(body)).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringMatching(/overflow/),
  });
});

test('code that ends the machine itself ends its process; the next question has another', async () => {
  const code = "export default { title: ({ id }) => id === 'bad' ? eval('('.repeat(1e5)) : { id } }";
  const { sandbox, processes } = stage(code);
  await expect(sandbox.ask('title', { id: 'bad' }, callOf())).rejects.toEqual(fault('It crashed.'));
  expect(await sandbox.ask('title', { id: 'good' }, callOf())).toEqual({ id: 'good' });
  expect(processes).toHaveLength(2);
});

test.each([
  ['is too long', "{ items: 'x'.repeat(2e6) }", 'This is longer than 1048576 characters'],
  [
    'has too much in it',
    '{ items: Array.from({ length: 3e4 }, () => 0) }',
    'There are more than 30000 values in it',
  ],
])('an answer that %s is none', async (_, answer, words) => {
  await expect(askShared(`return ${answer}`)).rejects.toEqual(
    new ProviderTrouble('failed', `It failed: RangeError: ${words}`),
  );
});

test('an answer that is mostly wrong is not looked through', () => {
  const good = { kind: 'http', name: 'Nosferatu', url: 'https://example.org/nosferatu.mp4' };
  const wrong = (count: number): unknown[] => Array.from({ length: count }, () => ({}));
  expect(checkSources([...wrong(100), good])).toHaveLength(1);
  expect(() => checkSources([...wrong(30_000), good])).toThrow(ProviderTrouble);
});

test('there is no way out of the machine', async () => {
  const found = await askShared(`
    const tries = {
      process: () => process, require: () => require, fetch: () => globalThis.fetch, timers: () => setTimeout,
      wasm: () => WebAssembly, std: () => std, os: () => os,
      constructor: () => [].constructor.constructor('return typeof process + typeof require')(),
      ofFetch: () => new fetch.constructor('return typeof process')().constructor.constructor('return typeof process')(),
      ofConsole: () => console.log.constructor('return this.process')(),
      ofHost: () => { try { new URL(1, 'x'.repeat(1e5)) } catch (error) { return error.constructor.constructor('return this.process')() } },
      stack: () => { try { new URL('no address') } catch (error) { return /server|node_modules|file:/.test(error.stack) } },
      caller: () => (function f() { return f.caller })(),
    };
    const found = {};
    for (const [name, attempt] of Object.entries(tries)) try { found[name] = String(attempt()) } catch (error) { found[name] = error.name }
    for (const name of ['fs', 'node:fs', './main.js', 'https://example.org/a.js'])
      found[name] = await import(name).then(() => 'there', (error) => error.message);
    return found;
  `);
  const nothing = { process: 'ReferenceError', require: 'ReferenceError', wasm: 'ReferenceError', std: 'ReferenceError', os: 'ReferenceError' };
  const inside = { fetch: 'undefined', timers: 'ReferenceError', constructor: 'undefinedundefined', ofFetch: 'undefined', ofConsole: 'undefined' };
  const errors = { ofHost: 'undefined', stack: 'false', caller: 'undefined' };
  const modules = Object.fromEntries(['fs', 'node:fs', './main.js', 'https://example.org/a.js'].map((name) => [name, expect.stringContaining('could not load module')]));
  expect(found).toEqual({ ...nothing, ...inside, ...errors, ...modules });
}); // prettier-ignore

test('what it does to prototypes stays with it, and what it answers has none', async () => {
  const body = `
    Object.prototype.polluted = 1;
    Array.prototype.map = () => [];
    Promise.prototype.then = () => {};
    JSON.stringify = () => '"forged"';
    const item = JSON.parse('{ "__proto__": { "isAdmin": true }, "name": "kept" }');
    return { items: [item, { toJSON: () => ({ constructor: 'text' }) }], get late() { return 'got' } };
  `;
  const answer = await ask(body);
  expect(JSON.stringify(answer)).toBe('{"items":[{"name":"kept"},{"constructor":"text"}],"late":"got"}');
  expect('polluted' in {}).toBe(false);
});

test.each([
  ['a getter that throws', "return { get items() { throw new Error('no') } }", 'Error: no'],
  [
    'an error that cannot be read',
    "throw Object.defineProperty(new Error(), 'message', { get() { throw 1 } })",
    'It failed',
  ],
  ['what is no error', 'throw { code: 1 }', 'It threw {"code":1}'],
  ['an object in itself', 'const o = {}; o.o = o; return o', 'TypeError: circular reference'],
])('%s fails in words', async (_, body, words) => {
  await expect(askShared(body)).rejects.toEqual(new ProviderTrouble('failed', `It failed: ${words}`));
});

describe('the network', () => {
  const addresses = new Map([
    ['api.example.org', ['93.184.215.14', '127.0.0.1']],
    ['one.example.org', ['192.168.1.1']],
  ]);
  const names: string[] = [];
  const call = {
    fetch: ((url, request) =>
      guardedFetch(url, {
        ...{ maxBytes: 1000, timeoutMs: 60_000, ...request },
        resolve: (name) => {
          names.push(name);
          return Promise.resolve((addresses.get(name) ?? []).map((address) => ({ address, family: 4 })));
        },
      })) satisfies ProviderCall['fetch'],
  };
  const told = (url: string) =>
    askShared(
      `return fetch(${JSON.stringify(url)}).then((answer) => answer.status, (error) => error.message)`,
      call,
    );

  test.each([
    ['a host that it has not declared', 'https://example.com/', /none that it may ask/],
    ['one that only ends like a declared one', 'https://evilexample.org/', /none that it may ask/],
    ['a declared one without https', 'http://api.example.org/', /none that it may ask/],
    ['another port', 'https://api.example.org:8443/', /none that it may ask/],
    ['an address of the house', 'https://10.0.0.1/', /private network/],
    ['this very machine', 'https://localhost/', /private network/],
    ['where clouds keep credentials', 'https://169.254.169.254/latest', /private network/],
    ['a name with an address of the house', 'https://one.example.org/', /private network/],
    ['a name that is two hosts at once (DNS rebinding)', 'https://api.example.org/', /private network/],
    ['a file', 'file:///etc/passwd', /no http address/],
    ['a password in an address', 'https://a:b@api.example.org/', /password/],
  ])('%s is not asked', async (_, url, message) => {
    expect(await told(url)).toMatch(message);
  });

  test('nor is one that it is led to', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      const { port } = server.address() as AddressInfo;
      const elsewhere = new Map([['/a', `http://localhost:${port}/b`], ['/c', `https://[::1]:${port}/d`]]);
      response.writeHead(302, { location: elsewhere.get(url) }).end();
    }); // prettier-ignore
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const declared = permittedHosts([host, host.replace('127.0.0.1', '[::1]')], [host]);
    const { sandbox } = stage(
      'export default { title: ({ url }, { fetch }) => fetch(url).catch((error) => error.message) }',
      { permits: declared },
    );
    const fetch: ProviderCall['fetch'] = (url, request) =>
      guardedFetch(url, { maxBytes: 1000, timeoutMs: 60_000, allowPrivateHosts: [host], ...request });
    const given = (path: string) => sandbox.ask('title', { url: `http://${host}${path}` }, callOf({ fetch }));
    expect(await given('/a')).toMatch(/none that it may ask/);
    expect(await given('/c')).toMatch(/private network/);
    expect(asked).toEqual(['/a', '/c']);
    server.close();
  });

  test('what says who we are is not its to write', async () => {
    let sent: unknown;
    const fetch: ProviderCall['fetch'] = (url, request) => {
      sent = request?.headers;
      return Promise.resolve({ url, status: 200, contentType: null, headers: {}, body: new Uint8Array() });
    };
    const headers = {
      host: 'localhost',
      Cookie: 'a',
      'x-forwarded-for': '127.0.0.1',
      'x-key': 'mine',
      'bad\nname': '1',
    };
    await askShared(`await fetch('https://api.example.org', { headers: ${JSON.stringify(headers)} })`, {
      fetch,
    });
    expect(sent).toEqual({ 'x-key': 'mine' });
  });
});

describe('a flood', () => {
  test('of lines on the console, or of requests, ends where it is told to', async () => {
    let asked = 0;
    const fetch: ProviderCall['fetch'] = () => Promise.reject(new Error(`No ${++asked}`));
    const body = `
      for (let n = 0; n < 1e4; n++) console.log('line', 'x'.repeat(1e3));
      const all = await Promise.allSettled(Array.from({ length: 1000 }, () => fetch('https://api.example.org/')));
      return all.at(-1).reason.message;
    `;
    expect(await askShared(body, { fetch })).toBe('At most 40 requests for one question');
    expect(asked).toBe(40);
    expect(shared.lines.filter((line) => line.includes('xxx')).length).toBe(50);
    expect(Math.max(...shared.lines.map(({ length }) => length))).toBeLessThan(1000);
  });

  /** A process whose sandbox is broken, and which is under somebody else's command. */
  test.each([
    [
      'messages',
      'const pong = \'{"type":"pong"}\\n\'.repeat(1000); for (;;) process.stdout.write(pong)',
      'It said more than anybody can listen to.',
    ],
    [
      'bytes',
      "setInterval(() => process.stdout.write('x'.repeat(1e6)), 0)",
      'It said more at once than it may.',
    ],
    [
      'what is no message',
      'process.stdout.write(\'{"type":"answered","id":-1}\\n\'); setInterval(() => {}, 1000)',
      'It said what nobody understands.',
    ],
    ['nothing', 'process.exit(3)', 'Its process ended.'],
  ])('of %s from a process that was taken over ends it', async (_, script, message) => {
    const start: SandboxOptions['start'] = (listener) =>
      startSandbox({ path: '--', execArgv: ['-e', script], niceness: 0 }, listener);
    const { sandbox } = stage('', { start });
    await expect(sandbox.ask('title', {}, callOf())).rejects.toEqual(fault(message));
  });
});

test('what does such things too often is switched off, whoever waits; what did them long ago is forgiven', async () => {
  const manifest = providerManifest.parse({
    ...{ schema: 1, id: 'org.example.bad', name: 'Bad', version: '1.0.0', runtime: 'sandbox' },
    ...{ types: ['movie'], resources: ['metadata'] },
  });
  let now = 0;
  let failed: (fault: SandboxFault) => void = () => undefined;
  const crash = fault('It crashed.');
  const ask = () => {
    failed(crash);
    return Promise.reject(crash);
  };
  const provider = sandboxedProvider(
    manifest,
    (onFault) => {
      failed = onFault;
      return { ask, close: () => Promise.resolve() };
    },
    () => now,
  );
  const title = async () => provider.title?.({ type: 'movie', externalIds: {} }, callOf());
  const hour = 3_600_000;
  for (now of [0, 1, hour + 1, hour + 2])
    await expect(title()).rejects.toEqual(new ProviderTrouble('failed', 'It crashed.'));
  failed(fault('It hung.'));
  await expect(title()).rejects.toEqual(
    new ProviderMisbehaved('It hung. It did such things 3 times within an hour.'),
  );
  expect(provider.sources).toBeUndefined();
});
