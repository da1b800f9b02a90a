// `npm run test:e2e`: the emitted templates deployed on this machine; docs/local-deployment.md.
import { shared, testTimeout } from './jest.config.js'

export default {
  ...shared,
  displayName: 'e2e',
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  // One engine and its processes at a time are enough for two cores.
  maxWorkers: 1,
  testTimeout,
}
