// The order of test files for Jest: the longest first, so that none is left to run alone at the end. Jest's own order
// goes by how long they took before, which a fresh clone does not know.
import { statSync } from 'node:fs'

const longest = [
  'tests/lint/random-configs.',
  'tests/stories/',
  'tests/integration/sam-cli.',
  'tests/lint/lint.',
  'tests/verifier/oracle.',
  'tests/lint/sam-differential.',
  'tests/cli.',
  'tests/pain-points.',
  'tests/verifier/updates/',
  'tests/library/package.',
  'tests/isolation.',
  'tests/custom-resources/mutants.',
  'tests/verifier/generated.',
  'tests/verifier/mutations.',
  'tests/verifier/bounds.',
  'tests/verifier/laws/',
  'tests/lint/',
  'tests/integration/',
  'tests/properties/',
  'tests/existing-network.',
  'tests/action.',
  'tests/platform.',
  'tests/verifier/',
]

const rank = ({ path }) => {
  const found = longest.findIndex((name) => path.includes(name))
  return found === -1 ? longest.length : found
}
const size = ({ path }) => statSync(path).size

/** Jest calls it with `new`. https://jestjs.io/docs/configuration#testsequencer-string */
// biome-ignore lint/style/noDefaultExport: Jest takes the default export
export default function LongestFirst() {
  return {
    sort: (tests) => tests.toSorted((a, b) => rank(a) - rank(b) || size(b) - size(a)),
    allFailedTests: (tests) => tests,
    cacheResults: () => {},
    shard: (tests) => tests,
  }
}
