/**
 * Unit tests of the web app: NODE_OPTIONS=--experimental-vm-modules npx jest (in this folder). Zoneless, as the app is.
 * The set-up is our own: the preset’s would bring a second copy of Angular from the root’s node_modules.
 */
export default {
  displayName: 'web',
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  moduleFileExtensions: ['ts', 'html', 'js', 'mjs', 'json'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.(ts|html)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/tsconfig.spec.json', stringifyContentPathRegex: '\\.html$', useESM: true },
    ],
  },
  moduleNameMapper: {
    '^@hearth/contract/(.*)$': '<rootDir>/../contract/src/$1.ts',
    // What the browser gets: a schema that needs more of zod than that fails here.
    '^zod$': '<rootDir>/../contract/browser-zod.js',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
