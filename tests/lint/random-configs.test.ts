// 200 random configs: cfn-lint finds nothing, and the SAM translator takes the applications.
// standalone.yaml holds every resource, so it and the templates beside the layers are judged for every config; the
// layers' own files, which hold the same resources once more, for every fifth. cfn-lint judges each route alone, so most
// configs have at most 12 routes, some up to 40; larger ones are left to the other properties.
import { afterAll, expect, test } from '@jest/globals'
import { generate } from '../../generator/generate.ts'
import { layers } from '../../generator/layers/index.ts'
import { assets } from '../support/examples.ts'
import { randomConfigs, seed } from '../support/random-models.ts'
import { startLintProcesses } from './lint-process.ts'

const count = 200
const processes = startLintProcesses()
afterAll(() => processes.stop())

test(`${count} random configs (seed ${seed})`, async () => {
  const all = randomConfigs(2 * count)
  const between = (least: number, most: number) =>
    all.filter(({ model: { api } }) => least <= api.routes.length && api.routes.length <= most)
  const configs = [...between(0, 12).slice(0, count - 10), ...between(13, 40).slice(0, 10)]
  expect(configs.length).toBe(count)
  const found = await Promise.all(
    configs.map(async ({ model, yaml }, index) => {
      const ofLayers = new Set(index % 5 === 0 ? [] : layers(model).map(({ name }) => `templates/${name}.yaml`))
      const files = generate(model, assets).filter(
        ({ path }) =>
          /^templates\/[^/]+\.yaml$/.test(path) && !(ofLayers.has(path) && path !== 'templates/custom-resources.yaml'),
      )
      const lines = await processes.lintFiles(files.map(({ path, text }) => ({ path, content: text })))
      return lines.length > 0 ? [{ yaml, lines }] : []
    }),
  )
  expect(found.flat().slice(0, 3)).toEqual([])
}, 1_200_000)
