// 200 random configs: cfn-lint finds nothing, and the SAM translator takes the applications.
// standalone.yaml holds every resource, so it and the templates beside the layers are judged for every config; the
// layers' own files, which hold the same resources once more, for every fifth. Configs of more than 40 routes are left
// to the other properties: cfn-lint judges each route alone and would need half the time for them.
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
  const configs = randomConfigs(2 * count)
    .filter(({ model }) => model.api.routes.length <= 40)
    .slice(0, count)
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
