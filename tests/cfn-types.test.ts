import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { architecture } from '../generator/layers/index.ts'
import { cfnTypes } from '../scripts/generate-cfn-types.ts'
import { exampleFolders, exampleModel } from './support/examples.ts'

test('the property types are those of the CloudFormation service specification (npm run generate renews them)', () => {
  expect(readFileSync('generator/cfn/resources.gen.ts', 'utf8')).toBe(cfnTypes())
})

test('every property that a layer writes exists in the specification', () => {
  const types = readFileSync('generator/cfn/resources.gen.ts', 'utf8')
  const propertiesOf = (type: string): string =>
    types.slice(types.indexOf(`'${type}': {`)).split('attributes:')[0] ?? ''
  for (const folder of exampleFolders)
    for (const { id, resource } of architecture(exampleModel(folder)).flatMap(({ fragment }) => fragment.entries)) {
      if (resource.Type.startsWith('Custom::')) continue
      const known = propertiesOf(resource.Type)
      for (const name of Object.keys(resource.Properties ?? {}))
        expect({ id, name, known: new RegExp(`\\b${name}\\??:`).test(known) }).toEqual({ id, name, known: true })
    }
})
