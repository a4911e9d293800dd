/** Who may import whom: the table of docs/architecture.md, checked. */

/** Leftmost first: each may import what is left of it. */
const PLATFORM = ['common', 'config', 'database', 'cache', 'jobs', 'events', 'ffmpeg'];

/** What each feature may import besides the platform and the contract. */
const FEATURES = {
  user: [],
  provider: [],
  torrent: [],
  library: ['provider', 'torrent'],
  transcoding: [],
  playback: ['library', 'transcoding', 'user', 'torrent'],
  dlna: ['library', 'playback', 'user'],
  admin: ['user', 'provider', 'torrent', 'library', 'transcoding', 'playback', 'dlna'],
};

/** A feature's public face: its module, its services, its ports (named after the port, or `*.port.ts`). */
const PUBLIC_FILES =
  '(\\.module|\\.service|\\.port|/byte-source|/media-source|/media-probe|/torrent-engine|/provider|/job-queue|/cache)\\.ts$';

const TEST = '(\\.spec|\\.contract)\\.ts$';
const server = (...folders) => `^server/src/(${folders.join('|')})/`;

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const platformRules = PLATFORM.map((folder, index) =>
  forbid(
    `platform-${folder}-leftward`,
    `${folder} may import only ${PLATFORM.slice(0, index).join(', ') || 'contract'}.`,
    { path: server(folder), pathNot: TEST },
    { path: '^server/src/', pathNot: server(...PLATFORM.slice(0, index + 1)) },
  ),
);

const featureRules = Object.entries(FEATURES).map(([feature, allowed]) =>
  forbid(
    `feature-${feature}`,
    `${feature} may import only the platform${allowed.length ? ` and ${allowed.join(', ')}` : ''}.`,
    { path: server(feature), pathNot: TEST },
    { path: '^server/src/', pathNot: server(...PLATFORM, feature, ...allowed) },
  ),
);

/** @param {string} unit @param {string} comment @param {string} allowed what it may reach, as a pattern */
const only = (unit, comment, allowed) =>
  forbid(`${unit}-imports-only`, comment, { path: `^${unit}/src/`, pathNot: TEST }, { pathNot: allowed });

module.exports = {
  forbidden: [
    forbid('no-cycle', 'Split the module or turn the arrow round.', {}, { circular: true }),
    forbid(
      'resolvable',
      'A name that nothing answers to.',
      { pathNot: TEST },
      { couldNotResolve: true, pathNot: '^(jest|(\\.\\./)+(server/)?dist/)' },
    ),
    forbid(
      'declared',
      'Used but not in the package.json of its workspace (or only there for development).',
      { path: '^(contract|sdk|dlna|server|migrations|web)/src/', pathNot: `${TEST}|/testing/` },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    only('contract', 'The wire truth knows zod only.', '^contract/src/|(^|/)node_modules/zod/'),
    forbid(
      'sdk-imports-only',
      'The SDK knows the contract, Node’s own modules, and what it bundles with.',
      { path: '^sdk/src/', pathNot: TEST },
      { dependencyTypesNot: ['core'], pathNot: '^(sdk|contract)/|(^|/)node_modules/(esbuild|zod)/' },
    ),
    only(
      'migrations',
      'Migrations know TypeORM only, never entities.',
      '^migrations/src/|(^|/)node_modules/typeorm/',
    ),
    forbid(
      'dlna-package-imports-only',
      "Node's own modules, node-ssdp, upnp-device-client and an XML parser.",
      { path: '^dlna/src/', pathNot: TEST },
      {
        dependencyTypesNot: ['core'],
        pathNot: '^dlna/src/|(^|/)node_modules/(node-ssdp|upnp-device-client|fast-xml-parser)/',
      },
    ),
    ...platformRules,
    ...featureRules,
    ...Object.keys(FEATURES).map((feature) =>
      forbid(
        `public-face-of-${feature}`,
        `From outside, only ${feature}'s module, services and port files.`,
        { path: '^server/src/[^/]+/', pathNot: `${server(feature)}|${TEST}` },
        { path: server(feature), pathNot: PUBLIC_FILES },
      ),
    ),
    forbid(
      'demo-imports-only',
      'The demo is made by platform code and handed to the library; nothing else knows it.',
      { path: server('demo'), pathNot: TEST },
      {
        path: '^(server|web|dlna|sdk|migrations)/',
        pathNot: server('demo', 'common', 'config', 'jobs', 'ffmpeg', 'library'),
      },
    ),
    forbid(
      'demo-is-optional',
      'Only the entry points know the demo.',
      { path: '^server/src/[^/]+/', pathNot: server('demo') },
      { path: server('demo') },
    ),
    forbid(
      'dlna-package-through-its-adapter',
      'The DLNA package is reached through server/src/dlna only.',
      { path: '^server/src/', pathNot: server('dlna') },
      { path: '^dlna/' },
    ),
    forbid(
      'webtorrent-in-its-process',
      'Only the torrent child process, the player where it is chosen, and the swarms of tests, import webtorrent.',
      { pathNot: '^server/src/torrent/engine/child/|^web/src/app/player/peers/|^tests/' },
      { path: '(^|/)node_modules/webtorrent/' },
    ),
    forbid(
      'no-barrel',
      'Import from the file that has it.',
      { path: '^(server|web|contract|dlna|sdk)/src/' },
      { path: '^(server|web|contract|dlna|sdk)/src/.*/index\\.ts$' },
    ),
    forbid(
      'web-knows-the-contract-only',
      'The web reaches the server over HTTP.',
      { path: '^web/src/' },
      { path: '^(server|dlna|sdk|migrations)/' },
    ),
    forbid(
      'web-ui-never-core',
      'ui/ shows what it is given.',
      { path: '^web/src/app/ui/', pathNot: TEST },
      { path: '^web/src/app/', pathNot: '^web/src/app/ui/' },
    ),
    forbid(
      'web-core-never-features',
      'core/ is below the features.',
      { path: '^web/src/app/core/', pathNot: TEST },
      { path: '^web/src/app/', pathNot: '^web/src/app/(core|ui)/' },
    ),
    forbid(
      'web-features-apart',
      'Features never import each other.',
      { path: '^web/src/app/([^/]+)/', pathNot: `^web/src/app/(core|ui|shell)/|${TEST}` },
      { path: '^web/src/app/[^/]+/', pathNot: '^web/src/app/($1|core|ui)/' },
    ),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/|^(contract|migrations|dlna|sdk)/dist/' },
    exclude: { path: '^(server|web)/dist/|^tests/fixtures/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tests/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts', '.json'],
    },
    moduleSystems: ['es6', 'cjs'],
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
