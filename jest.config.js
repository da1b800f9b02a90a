import { availableParallelism } from 'node:os'

// It is there to end what hangs. How long a test takes on a busy machine, or as the first to wake an engine, says
// nothing about the code. No test has a limit of its own.
export const testTimeout = 1_200_000

// Three projects: `unit` takes seconds, since `npm run check:fast` runs it after every edit; `thorough`, for what tries
// much, waits or starts processes, minutes. Both need nothing but Node.js; `tools` needs the Python tools in .venv (npm
// test makes it): everything under tests/lint and tests/integration. What is under tests/e2e takes minutes and has a
// config of its own. How much each tries: tests/support/effort.ts.
export const shared = {
  globalSetup: '<rootDir>/tests/jest/bundle.mjs',
  globalTeardown: '<rootDir>/tests/jest/remove.mjs',
  testEnvironment: 'node',
  testRunner: '<rootDir>/tests/jest/run.mjs',
  transform: {},
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
}
const endToEnd = '<rootDir>/tests/e2e/'
const needsTools = ['<rootDir>/tests/lint/', '<rootDir>/tests/integration/']
const thorough = [
  'action',
  'base-path',
  'cfn-types',
  'cli',
  'copilot/cases',
  'copilot/command',
  'copilot/every-key',
  'custom-resources/a-answer',
  'custom-resources/b-delivery',
  'custom-resources/e-zones',
  'custom-resources/h-isolation-probe',
  'custom-resources/mutants',
  'diagram-command',
  'docs/output',
  'docs/snippets',
  'existing-load-balancer',
  'existing-network',
  'report-command',
  'generator/model/parameters/parameter',
  'generator/packagings/existing-parts',
  'generator/packagings/launch-role/',
  'generator/packagings/zone-role',
  'granted',
  'isolation',
  'library/',
  'pain-points',
  'platform',
  'properties/',
  'stories/',
  'surroundings',
  'trace-command',
  'verifier/laws/',
  ...[
    'barriers',
    'borrowed-rights',
    'bounds',
    'cli',
    'dangling',
    'declarations',
    'diagram/layout',
    'diagram/picture',
    'documents',
    'doors',
    'flags-that-lead-on',
    'foreign',
    'foreign-2',
    'generated',
    'given-parts',
    'hidden-ways',
    'hygiene',
    'looked-up-values',
    'metamorphic',
    'mutations',
    'one-or-two',
    'opaque-roles',
    'open-api',
    'oracle',
    'other-vpcs',
    'own-functions',
    'own-services-only',
    'page/any-templates',
    'page/page',
    'plain-scalars',
    'platforms',
    'possible-values',
    'reaches',
    'reader',
    'resource-policies',
    'rights',
    'sam-refusals',
    'task-inputs',
    'template-rules',
    'touches-nothing-outside',
    'trace/agreement',
    'trace/trace',
    'types',
    'unknown-parts',
    'unknown-properties',
    'updates/any-templates',
    'updates/cli',
    'updates/docs',
    'updates/moments',
    'updates/steps',
    'what-is-open-refutes-nothing',
    'wide-conditions',
    'written',
  ].map((name) => `verifier/${name}`),
].map((path) => `<rootDir>/tests/${path}`)

// At the quick effort these are left out: they start processes one after the other, or try for long, to see with the
// real thing, or with more of it, what others see faster.
const slow = [
  'action',
  'custom-resources/mutants',
  'integration/custom-resources',
  'integration/docs-commands',
  'integration/sam-cli',
  'integration/stack-sets',
  'library/package',
  'lint/reader-differential',
  'lint/sam-differential',
  'lint/update-behaviour',
  'surroundings',
  'trace-command',
  'verifier/bounds',
  'verifier/diagram/picture',
  'verifier/laws/handed-on',
  'verifier/platforms',
  'verifier/updates/any-templates',
  'verifier/updates/cli',
  'verifier/updates/moments',
].map((path) => `<rootDir>/tests/${path}.test.ts`)
const isQuick = [undefined, '', 'quick'].includes(process.env['EFFORT'])
const leftOut = isQuick ? slow : []

export default {
  randomize: true,
  coverageProvider: 'v8',
  testTimeout,
  testSequencer: './scripts/longest-first.mjs',
  // Two cores get two workers; by itself Jest would leave one core alone.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Tests that run side by side wait for processes and servers, not for a core.
  maxConcurrency: 20,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: [...needsTools, ...thorough, endToEnd, ...leftOut],
    },
    {
      ...shared,
      displayName: 'thorough',
      testMatch: thorough.map((path) => (path.endsWith('/') ? `${path}**/*.test.ts` : `${path}.test.ts`)),
      testPathIgnorePatterns: leftOut,
    },
    {
      ...shared,
      displayName: 'tools',
      testMatch: needsTools.map((folder) => `${folder}**/*.test.ts`),
      testPathIgnorePatterns: leftOut,
    },
  ],
}
