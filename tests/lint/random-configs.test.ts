// Every file of 200 random configs: cfn-lint finds nothing, and the SAM translator takes the applications.
import { afterAll, expect, test } from '@jest/globals'
import { generate } from '../../generator/generate.ts'
import { assets } from '../support/examples.ts'
import { randomConfigs, seed } from '../support/random-models.ts'
import { startLintProcesses } from './lint-process.ts'

const count = 200
const processes = startLintProcesses()
afterAll(() => processes.stop())

test(`${count} random configs (seed ${seed})`, async () => {
  const found = await Promise.all(
    randomConfigs(count).map(async ({ model, yaml }) => {
      const files = generate(model, assets).filter(({ path }) => /^templates\/[^/]+\.yaml$/.test(path))
      const lines = await processes.lintFiles(files.map(({ path, text }) => ({ path, content: text })))
      return lines.length > 0 ? [{ yaml, lines }] : []
    }),
  )
  expect(found.flat().slice(0, 3)).toEqual([])
}, 600_000)
