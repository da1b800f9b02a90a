// Two projects: `unit` needs nothing but Node.js; `tools` needs the Python tools in .venv
// (npm test makes it). Everything under tests/lint, tests/integration and tests/e2e is `tools`.
const shared = {
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
const needsTools = ['<rootDir>/tests/lint/', '<rootDir>/tests/integration/', '<rootDir>/tests/e2e/']

export default {
  randomize: true,
  coverageProvider: 'v8',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/tests/**/*.test.ts'], testPathIgnorePatterns: needsTools },
    { ...shared, displayName: 'tools', testMatch: needsTools.map((folder) => `${folder}**/*.test.ts`) },
  ],
}
