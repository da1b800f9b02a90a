import { readFileSync } from 'node:fs'
import { schemaText } from '../generator/commands/schema-text.ts'
import { compare } from '../generator/output/write-files.ts'
import { allFolders, exampleFiles } from './support/examples.ts'

describe('committed output', () => {
  test.each(allFolders)('of %s is what its config gives (npm run generate renews it)', (folder) => {
    expect(compare(folder, exampleFiles(folder))).toEqual([])
  })

  test('portcullis.schema.json is what the schema gives (npm run generate renews it)', () => {
    expect(readFileSync('portcullis.schema.json', 'utf8')).toBe(schemaText())
  })
})
