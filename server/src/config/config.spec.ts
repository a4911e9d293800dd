import { ConfigError, loadConfig, parseMediaDirectory, serverName } from './config.js';

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

test('a size of the stream cache may have a suffix, but must be one', () => {
  const sizeOf = (text: string): number | undefined =>
    loadConfig({ STREAM_CACHE_SIZE: text }, []).streamCacheSize;
  expect(sizeOf('')).toBeUndefined();
  expect(sizeOf('10G')).toBe(10 * 1024 ** 3);
  expect(sizeOf('1.5 TiB')).toBe(1.5 * 1024 ** 4);
  expect(sizeOf('500mb')).toBe(500 * 1024 ** 2);
  expect(sizeOf('134217728')).toBe(134_217_728);
  for (const wrong of ['much', '10X', '-1G', '1e9', '63M', '0', '9999999999T'])
    expect(faultsOf({ STREAM_CACHE_SIZE: wrong })).toEqual([expect.stringMatching(/^STREAM_CACHE_SIZE: /)]);
});

test('a bucket for segments: its faults are told with the others, its credentials are kept by nobody', () => {
  const env = {
    SEGMENT_S3_BUCKET: 'hearth-segments',
    SEGMENT_S3_ENDPOINT: 'http://minio:9000',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'very secret',
  };
  const config = loadConfig(env, []);
  expect(config.segmentBucket).toEqual({
    bucket: 'hearth-segments',
    endpoint: 'http://minio:9000',
    region: 'us-east-1',
  });
  expect(JSON.stringify(config)).not.toContain('secret');
  expect(loadConfig({}, []).segmentBucket).toBeUndefined();
  expect(faultsOf({ SEGMENT_S3_REGION: 'eu-central-1' })).toEqual([
    expect.stringMatching(/^SEGMENT_S3_REGION: /),
  ]);
  const wrong = {
    ...env,
    SEGMENT_S3_BUCKET: 'No Bucket',
    SEGMENT_S3_ENDPOINT: 'http://id:very-secret@minio',
    PORT: 'x',
  };
  const faults = faultsOf(wrong);
  expect(faults).toHaveLength(3);
  expect(faults.join()).not.toContain('very-secret');
  expect(faultsOf({ ...env, AWS_SECRET_ACCESS_KEY: '' })).toEqual([
    expect.stringMatching(/^AWS_ACCESS_KEY_ID, /),
  ]);
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

test('televisions: shown as Hearth on this machine, unless it is said otherwise', () => {
  expect(loadConfig({}, []).dlna).toEqual({
    enabled: true,
    name: expect.stringMatching(/^Hearth/),
    interfaces: undefined,
    port: 8097,
  });
  const env = {
    DLNA_ENABLED: 'off',
    DLNA_NAME: ' Attic ',
    DLNA_INTERFACES: 'eth0, 10.0.0.2',
    DLNA_PORT: '0',
  };
  expect(loadConfig(env, []).dlna).toEqual({
    enabled: false,
    name: 'Attic',
    interfaces: ['eth0', '10.0.0.2'],
    port: 0,
  });
  const wrong = { DLNA_ENABLED: 'maybe', DLNA_NAME: 'n'.repeat(64), DLNA_PORT: '65536' };
  expect(faultsOf(wrong).map((fault) => fault.split(':')[0])).toEqual(Object.keys(wrong));
});

test.each([
  ['nas.fritz.box', 'Hearth on nas'],
  ['3f2a90bb17ce', 'Hearth'],
  ['localhost', 'Hearth'],
  ['', 'Hearth'],
])('on %p it is called %p', (host, name) => expect(serverName(host)).toBe(name));

test('torrents: not decided by the operator, unless it is said; bad values are named', () => {
  const standard = { port: 6881, maxConnections: 100, maxPeers: 200, downloadLimit: 0, uploadLimit: 0 };
  const times = { metadataTimeoutMs: 60_000, peerTimeoutMs: 30_000, announceTimeoutMs: 15_000 };
  expect(loadConfig({}, []).torrents).toMatchObject({
    ...standard,
    ...times,
    ...{
      enabled: undefined,
      discovery: true,
      allowPrivate: false,
      networkInterface: '',
      dhtBootstrap: undefined,
    },
    ...{ streamTimeoutMs: 30_000, streamRateLimit: 10 },
  });
  const env = {
    TORRENTS_ENABLED: 'false',
    WEBTORRENT_DHT_PORT: '0',
    WEBTORRENT_DOWNLOAD_LIMIT: '1000000',
    TORRENT_INTERFACE: 'wg0',
    DISABLE_DISCOVERY: '1',
    TORRENT_CACHE_SIZE: '1G',
    TORRENT_DHT_BOOTSTRAP: '10.0.0.1:6881, node.example:1',
  };
  expect(loadConfig(env, []).torrents).toMatchObject({
    ...{ enabled: false, port: 0, downloadLimit: 1_000_000, networkInterface: 'wg0', discovery: false },
    ...{ cacheBytes: 1024 ** 3, dhtBootstrap: ['10.0.0.1:6881', 'node.example:1'] },
  });
  const wrong = {
    TORRENTS_ENABLED: 'perhaps',
    WEBTORRENT_MAX_CONNS: '0',
    WEBTORRENT_DHT_PORT: '70000',
    WEBTORRENT_UPLOAD_LIMIT: '-1',
    TORRENT_TIMEOUT: 'long',
    MAX_PEERS: '1.5',
    TORRENT_CACHE_SIZE: '1M',
    TORRENT_DHT_BOOTSTRAP: 'nowhere',
  };
  expect(new Set(faultsOf(wrong).map((fault) => /^[A-Z_]+/.exec(fault)?.[0]))).toEqual(
    new Set(Object.keys(wrong)),
  );
});
