import { ConfigError, loadConfig, parseMediaDirectory } from './config.js';

const faultsOf = (env: Record<string, string>, argv: string[] = []): readonly string[] => {
  try {
    loadConfig(env, argv);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

test('nothing needs to be set', () => {
  expect(loadConfig({}, [])).toMatchObject({ port: 8096, role: 'all', demo: false, logLevel: 'info' });
});

test('empty values, as compose files leave them, count as not set', () => {
  const empty = { PORT: '', DATABASE_URL: '', DEMO: '', LOG_LEVEL: '', TRUSTED_PROXIES: '', ROLE: '' };
  expect(loadConfig(empty, [])).toEqual(loadConfig({}, []));
});

test('the command line wins over the environment', () => {
  const config = loadConfig({ PORT: '1', DATA_DIR: '/a' }, ['--port', '2', '--data', '/b', '--demo']);
  expect(config).toMatchObject({ port: 2, dataDirectory: '/b', demo: true });
});

test('all faults are named at once', () => {
  const env = {
    PORT: '70000',
    DATABASE_URL: 'mysql://x',
    LOG_LEVEL: 'loud',
    TRUSTED_PROXIES: 'the router',
  };
  const faults = faultsOf(env, ['--colour', 'red']);
  for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'TRUSTED_PROXIES', '--colour']) {
    expect(faults).toContainEqual(expect.stringContaining(name));
  }
});

test('api and workers need a place to meet', () => {
  expect(faultsOf({ ROLE: 'worker' })).toEqual([expect.stringMatching(/^ROLE: worker needs DATABASE_URL/)]);
  const meeting = { ROLE: 'api', REDIS_URL: 'redis://r', DATABASE_URL: 'postgres://d/h' };
  expect(faultsOf(meeting)).toEqual([]);
});

test.each([
  ['/media/films', { path: '/media/films', kind: null, name: null }],
  ['movies=/media/films', { path: '/media/films', kind: 'movies', name: null }],
  ['Old films=/media/films', { path: '/media/films', kind: null, name: 'Old films' }],
  ['/media/a=b', { path: '/media/a=b', kind: null, name: null }],
  ['series=/media/a=b', { path: '/media/a=b', kind: 'series', name: null }],
])('%s', (text, expected) => {
  expect(parseMediaDirectory(text)).toEqual(expected);
});
