import { expect, test } from '@jest/globals'
import { architecture } from '../../generator/layers/index.ts'
import { allFolders, exampleModel } from '../support/examples.ts'
import { someConfigs } from '../support/random-models.ts'

test.each([
  ...allFolders.map((folder) => [folder, () => exampleModel(folder)] as const),
  ...someConfigs(80).map(({ yaml, model }) => [yaml, () => model] as const),
])('no name is a parameter and a resource: %#', (config, model) => {
  const parameters = new Set(Object.keys(model().parameters))
  const ids = architecture(model()).flatMap(({ fragment }) => fragment.entries.map(({ id }) => id))
  expect({ config, both: ids.filter((id) => parameters.has(id)) }).toEqual({ config, both: [] })
})
