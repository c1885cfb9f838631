import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { together } from './together.mjs';

/** Absolute, because jest reads the relative root of a project from the root above it and not from this file. */
const rootDir = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Who names specs gets just these; the whole suite declares many of them together. */
const named = process.argv.some((word) => /^(src|libs|test)(\/|$)(?!together)/.test(word));
const declaredTogether = named ? [] : Object.values(together).flat();

/** One jest for the whole tree; each project is a kind of test with its own folder. */
const common = {
  rootDir,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...declaredTogether.map((spec) => `<rootDir>/${spec}$`)],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Under the condition that is our own sources, these two name theirs.
    '^(eventsource(?:-parser)?)$': '<rootDir>/node_modules/$1/dist/index.js',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default {
  rootDir,
  projects: [
    { ...common, displayName: 'unit', roots: ['<rootDir>/src', '<rootDir>/libs', '<rootDir>/config'] },
    {
      ...common,
      displayName: 'whole',
      roots: ['<rootDir>/test'],
      testMatch: ['<rootDir>/test/**/*.spec.ts', ...(named ? [] : ['<rootDir>/test/together/*.ts'])],
    },
  ],
  testSequencer: '<rootDir>/config/longest-first.mjs',
  reporters: ['default', '<rootDir>/config/counts-reporter.mjs'],
  // One more than the two cores of the gate: what waits for another process, or for its own time to be over, leaves its core idle.
  maxWorkers: 3,
  // Modules of finished suites stay in a worker, and collecting that garbage takes longer than starting it anew.
  workerIdleMemoryLimit: '1GB',
  // A limit ends only what hangs; a machine that does other things as well takes its time.
  testTimeout: 240_000,
};
