import js from '@eslint/js';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

/** Node's globals that plain scripts use (TypeScript checks its own). */
const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'performance',
    'setInterval',
    'clearInterval',
    'setTimeout',
    'clearTimeout',
    'fetch',
    'Buffer',
  ]
    .concat(['URL', 'AbortSignal', 'AbortController', 'NodeJS', 'module', 'structuredClone'])
    .map((name) => [name, 'readonly']),
);

/** Sizes of architecture.md, rule 13: over 400 lines is an error, a long function a warning. */
const sizes = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['warn', { max: 40, skipBlankLines: true, skipComments: true }],
};

const everywhere = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that has it.' },
  ],
  ...sizes,
};

const typed = {
  '@typescript-eslint/consistent-type-imports': 'off', // Nest's injection needs the class at run time.
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-extraneous-class': 'off', // Nest modules are classes without members.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-invalid-void-type': 'off', // `schema | void` in route types says "no body" best.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // TypeORM and Nest take literals for classes.
  '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
  'no-control-regex': 'off', // Parsers of file names and tags meet control characters.
};

const nodeOnly = {
  'no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: '@nestjs/common',
          importNames: ['forwardRef'],
          message: 'A cycle: split the modules instead.',
        },
        { name: 'zone.js', message: 'The web is zoneless.' },
      ],
    },
  ],
};

const inTests = {
  'max-lines-per-function': 'off',
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/unbound-method': 'off',
  'no-restricted-properties': [
    'error',
    { object: 'jest', property: 'mock', message: 'Ports and hand-written fakes, no module mocking.' },
    {
      object: 'jest',
      property: 'unstable_mockModule',
      message: 'Ports and hand-written fakes, no module mocking.',
    },
  ],
};

const TYPED = ['{contract,migrations,dlna,sdk,server}/src/**/*.ts', 'tests/**/*.ts', 'web/**/*.ts'];
const TESTS = ['**/*.spec.ts', '**/*.contract.ts', 'tests/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/coverage/',
      'web/.angular/',
      '.setup/',
      'data/',
      'demo/',
      '**/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: TYPED,
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tests/tsconfig.json', 'web/tsconfig.spec.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: { ...everywhere, ...typed },
  },
  { files: ['{contract,migrations,dlna,sdk,server}/src/**/*.ts', 'tests/**/*.ts'], rules: nodeOnly },
  // Jest types its matchers (`expect.stringMatching`…) as any; nothing else in a test may be.
  { files: TESTS, rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    files: ['web/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-class-suffix': 'off', // Names without suffixes (style guide 2025).
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/prefer-signals': 'error',
      'no-console': ['error', { allow: ['error'] }],
    },
  },
  {
    files: ['web/src/**/*.html', 'web/src/**/*.ts/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      '@angular-eslint/template/elements-content': ['error', { allowList: ['label'] }], // appIconButton's name.
    },
  },
  { files: TESTS, rules: inTests },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: nodeGlobals, ecmaVersion: 2024 },
    rules: { ...everywhere, 'no-console': 'off' },
  },
  {
    files: ['web/public/**/*.js'],
    languageOptions: {
      globals: {
        window: 'readonly',
        document: 'readonly',
        localStorage: 'readonly',
        self: 'readonly',
        caches: 'readonly',
        matchMedia: 'readonly',
      },
    },
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
);
