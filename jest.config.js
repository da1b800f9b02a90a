import { availableParallelism } from 'node:os'

// It is there to end what hangs. How long a test takes on a busy machine, or as the first to wake an engine, says
// nothing about the code.
export const testTimeout = 120_000

// Two projects: `unit` needs nothing but Node.js; `tools` needs the Python tools in .venv
// (npm test makes it): everything under tests/lint and tests/integration. What is under tests/e2e takes minutes
// and has a config of its own.
export const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
}
const endToEnd = '<rootDir>/tests/e2e/'
const needsTools = ['<rootDir>/tests/lint/', '<rootDir>/tests/integration/']

export default {
  randomize: true,
  coverageProvider: 'v8',
  testTimeout,
  // Two cores get two workers; by itself Jest would leave one core alone.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: [...needsTools, endToEnd],
    },
    { ...shared, displayName: 'tools', testMatch: needsTools.map((folder) => `${folder}**/*.test.ts`) },
  ],
}
