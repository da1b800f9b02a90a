import { readFileSync, writeFileSync } from 'node:fs'
import { architecture } from '../generator/layers/index.ts'
import { allFolders, exampleModel } from './support/examples.ts'

const file = 'tests/logical-ids.json'

/** Logical IDs with their types, and parameter names: public API for everyone who has deployed a stack. */
const names = () =>
  Object.fromEntries(
    allFolders.map((folder) => {
      const model = exampleModel(folder)
      const entries = architecture(model).flatMap(({ fragment }) => fragment.entries)
      return [
        folder,
        {
          resources: Object.fromEntries(entries.map(({ id, resource }) => [id, resource.Type]).sort()),
          parameters: Object.keys(model.parameters).sort(),
        },
      ]
    }),
  )

test('no logical ID, type or parameter name changed: that would replace a live resource or break a deployment', () => {
  if (process.env['UPDATE']) writeFileSync(file, `${JSON.stringify(names(), null, 2)}\n`)
  expect(names()).toEqual(JSON.parse(readFileSync(file, 'utf8')))
})
