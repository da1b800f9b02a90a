/** What test files import from `@jest/globals`, as the file has it that runs now. */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test

export const use = (ofJest) => {
  ;({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = ofJest)
}
