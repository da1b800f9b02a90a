// No service may be called so that one of its resources gets the logical ID of something else.
import { expect, test } from '@jest/globals'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { architecture } from '../../../generator/layers/index.ts'
import { tasks } from '../../../generator/model/tasks.ts'
import { parseConfig } from '../../../generator/read.ts'
import { exampleFolders, exampleModel } from '../../support/examples.ts'

/** Everything with a logical ID: of one service without the start of its name, of the rest whole. */
const all = exampleFolders.flatMap((folder) => {
  const model = exampleModel(folder)
  return architecture(model).map(({ name, fragment }) => {
    const service = [...tasks(model), ...model.externals].find(({ key }) => name.replace(/^[a-z]+-/, '') === key)
    return { id: service?.id, ids: fragment.entries.map((entry) => entry.id) }
  })
})
const endings = new Set(
  all.flatMap(({ id, ids }) =>
    id === undefined ? [] : ids.flatMap((each) => (each.startsWith(id) ? [each.slice(id.length)] : [])),
  ),
)
const rest = new Set(all.flatMap(({ id, ids }) => (id === undefined ? ids : [])))

const keyOf = (id: string): string => id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
const taken = [...rest].flatMap((id) =>
  [...endings].flatMap((ending) => (id.endsWith(ending) && id !== ending ? [keyOf(id.slice(0, -ending.length))] : [])),
)

const codesOf = (key: string): readonly string[] => {
  try {
    parseConfig(
      `name: orders
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services: { ${key}: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/orders:1", port: 8080 } }
api: { auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [orders] } } } }
`,
      'portcullis.yaml',
    )
    return []
  } catch (error) {
    if (error instanceof PortcullisError) return error.diagnostics.map(({ code }) => code)
    throw error
  }
}

test('the names are those of our log groups', () => {
  expect(taken.sort()).toEqual(expect.arrayContaining(['flow', 'waiter', 'writer']))
  expect(codesOf('orders')).toEqual([])
})

test.each(taken)('a service called %s is refused', (key) => {
  expect(codesOf(key)).toEqual(['PC110'])
})
