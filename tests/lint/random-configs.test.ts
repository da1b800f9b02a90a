// Random configs: cfn-lint finds nothing, and the SAM translator takes the applications.
// standalone.yaml holds every resource, so it and the templates next to the layers are judged for every config; the
// layers' own files, which hold the same resources once more, for every tenth. cfn-lint needs seconds for a hundred
// resources, so configs are chosen by what they add for their size.
import { afterAll, expect, test } from '@jest/globals'
import { generate } from '../../generator/generate.ts'
import { layers } from '../../generator/layers/index.ts'
import { byEffort, seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { someConfigs, somePlatforms } from '../support/random-models.ts'
import { startLintProcesses } from './lint-process.ts'

// For a few configs, a second process would take longer to load than it saves.
const processes = startLintProcesses(byEffort({ quick: 1, full: 2 }))
afterAll(() => processes.stop())

/** Of those chosen, each adds most to the ones before it. */
const first = <T>(quick: number, full: number, chosen: readonly T[]): readonly T[] =>
  chosen.slice(0, byEffort({ quick, full, nightly: chosen.length }))

test(`random configs (seed ${seed})`, async () => {
  const onPlatforms = first(1, 5, somePlatforms(8)).flatMap(({ yaml, platform, applications: [application] }) =>
    [platform, application].flatMap((model) => (model === undefined ? [] : [{ model, yaml }])),
  )
  const found = await Promise.all(
    [...first(2, 22, someConfigs(40)), ...onPlatforms].map(async ({ model, yaml }, index) => {
      const ofLayers = new Set(index % 10 === 0 ? [] : layers(model).map(({ name }) => `templates/${name}.yaml`))
      const files = generate(model, assets).filter(
        ({ path }) =>
          /^templates\/[^/]+\.yaml$/.test(path) && !(ofLayers.has(path) && path !== 'templates/custom-resources.yaml'),
      )
      const lines = await processes.lintFiles(files.map(({ path, text }) => ({ path, content: text })))
      return lines.length > 0 ? [{ yaml, lines }] : []
    }),
  )
  expect(found.flat().slice(0, 3)).toEqual([])
})
