/** Jest for everything that runs on Node; the web has its own configuration in web/jest.config.mjs. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
      experimental: { keepImportAttributes: true },
    },
    module: { type: 'es6' },
  },
];

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testMatch,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  moduleNameMapper: {
    '^@hearth/contract/(.*)$': '<rootDir>/contract/src/$1.ts',
    '^@hearth/dlna/(.*)$': '<rootDir>/dlna/src/$1.ts',
    '^@hearth/migrations$': '<rootDir>/migrations/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  ...extra,
});

export default {
  // Real servers, encoders and browsers on a busy machine: a limit against hanging, not a measure.
  testTimeout: 120_000,
  projects: [
    project('unit', ['<rootDir>/{contract,migrations,dlna,sdk,server}/src/**/*.spec.ts']),
    project('e2e', ['<rootDir>/tests/e2e/**/*.spec.ts']),
    project('interop', ['<rootDir>/tests/interop/**/*.spec.ts'], { testPathIgnorePatterns: ['/peers/'] }),
    project('peers', ['<rootDir>/tests/interop/**/peers/*.spec.ts']),
    project('browser', ['<rootDir>/tests/browser/**/*.spec.ts']),
    project('reliability', ['<rootDir>/tests/reliability/**/*.spec.ts']),
  ],
};
