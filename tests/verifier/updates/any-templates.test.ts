// Templates of all kinds: nothing crashes, and what is said is said both ways.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { noDeclarations } from '../../../verifier/declarations.ts'
import { diff, parameterNames, updateMarkdown, updateText } from '../../../verifier/index.ts'
import { open, type Session } from '../../../verifier/judge/session.ts'
import { changesOf } from '../../../verifier/updates/changes.ts'
import { sidesOf } from '../../../verifier/updates/sides.ts'
import { some } from '../../support/effort.ts'
import { exampleFolders } from '../../support/examples.ts'

describe('templates of all kinds', () => {
  const foreign = readdirSync('tests/verifier/foreign').filter(
    (name) => /\.(ya?ml|json)$/.test(name) && name !== 'expected.json',
  )
  const cases = readdirSync('tests/verifier/cases').filter((name) => name.endsWith('.yaml') && name !== 'expected.yaml')
  const examples = exampleFolders.flatMap((folder) =>
    ['template.yaml', 'standalone.yaml'].map((name) => join(folder, 'templates', name)),
  )
  const all = [
    ...foreign.map((name) => join('tests/verifier/foreign', name)),
    ...cases.map((name) => join('tests/verifier/cases', name)),
    ...examples,
  ]
  const side = (file: string) => ({
    templates: [{ path: 'template', text: readFileSync(file, 'utf8') }],
    readFile: (path: string) => {
      try {
        return readFileSync(join(file, '..', path), 'utf8')
      } catch {
        return undefined
      }
    },
  })

  // A case may be one that cannot be read.
  const files = all.filter((file) => {
    try {
      return parameterNames(file, readFileSync(file, 'utf8')).length >= 0
    } catch {
      return false
    }
  })

  const changes = (before: string, after: string) => {
    const [old, now] = [before, after].map((file) =>
      open({ ...side(file), ownFunctions: new Set() }, noDeclarations),
    ) as [Session, Session]
    const sides = sidesOf(old, now, new Map())
    return { touched: changesOf(sides), parameters: sides.parameters }
  }

  test('do not differ from themselves', () => {
    expect(files.length).toBeGreaterThan(80)
    for (const file of some(files, 4))
      expect([file, changes(file, file)]).toEqual([file, { touched: [], parameters: [] }])
  })

  test('can be compared with any other, and what comes one way goes the other', () => {
    some(files, 4, 1).forEach((file) => {
      const other = files[(files.indexOf(file) + 7) % files.length] as string
      const keys = ({ touched }: ReturnType<typeof changes>, change: string) =>
        touched.flatMap((each) => (each.change === change ? [each.key] : [])).toSorted()
      const [there, back] = [changes(file, other), changes(other, file)]
      expect([file, other, keys(there, 'added')]).toEqual([file, other, keys(back, 'removed')])
    })
  })

  test.each(['tests/verifier/foreign', 'tests/verifier/cases'])(
    '%s: a whole diff is short enough for a comment',
    (folder) => {
      const fifth = files.filter((file) => file.startsWith(folder)).filter((_, index) => index % 5 === 0)
      some(fifth, 4, 1).forEach((file) => {
        const other = fifth[(fifth.indexOf(file) + 1) % fifth.length] as string
        const update = diff({ before: side(file), after: side(other) })
        expect(updateText(update).length).toBeGreaterThan(0)
        expect(updateMarkdown(update).length).toBeLessThan(65_536)
      })
    },
  )
})
