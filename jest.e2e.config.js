// `npm run test:e2e`: the emitted templates deployed on this machine; docs/local-deployment.md.
import { shared, testTimeout } from './jest.config.js'

export default {
  ...shared,
  displayName: 'e2e',
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  // Each has an engine, ports and networks of its own, and waits for them most of the time.
  maxWorkers: 2,
  testTimeout,
}
