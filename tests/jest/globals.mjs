/** What test files import from `@jest/globals`. All but `expect` belongs to the file that runs now. */
export { expect } from 'expect'

export let afterAll, afterEach, beforeAll, beforeEach, describe, it, test

export const use = (ofJest) => {
  ;({ afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = ofJest)
}
