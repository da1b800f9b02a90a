// Random configs, 200 in full: cfn-lint finds nothing, and the SAM translator takes the applications.
// standalone.yaml holds every resource, so it and the templates next to the layers are judged for every config; the
// layers' own files, which hold the same resources once more, for every tenth. cfn-lint needs seconds for a hundred
// resources, so most configs are the smallest of a pool, whose other keys are as random as before; some are of a usual
// size, some large. By default it is a few, in which every two choices of keys stand together.
import { afterAll, expect, test } from '@jest/globals'
import { generate } from '../../generator/generate.ts'
import { layers } from '../../generator/layers/index.ts'
import { byEffort, seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { type RandomConfig, randomConfigs, someConfigs } from '../support/random-models.ts'
import { startLintProcesses } from './lint-process.ts'

/** About the number of resources that depends on the config. */
const size = ({ model: { services, api } }: RandomConfig): number => 15 * services.length + api.routes.length
const processes = startLintProcesses()
afterAll(() => processes.stop())

function ofAllSizes(count: number): readonly RandomConfig[] {
  const pool = randomConfigs(5 * count)
  const between = (least: number, most: number) =>
    pool.filter(({ model: { api } }) => least <= api.routes.length && api.routes.length <= most)
  const large = between(13, 40).slice(0, 5)
  const usual = between(5, 12).slice(0, 15)
  const chosen = new Set([...large, ...usual])
  const small = pool.filter((config) => !chosen.has(config)).sort((a, b) => size(a) - size(b))
  const configs = [...small.slice(0, count - chosen.size), ...chosen]
  expect(configs.length).toBe(count)
  return configs
}

test(`random configs (seed ${seed})`, async () => {
  const configs = byEffort({
    quick: () => someConfigs(200),
    full: () => ofAllSizes(200),
    nightly: () => ofAllSizes(500),
  })()
  const found = await Promise.all(
    configs.map(async ({ model, yaml }, index) => {
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
