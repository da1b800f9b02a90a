// `portcullis explain`: whatever a report can name is explained.
import { expect, test } from '@jest/globals'
import { explain } from '../../../generator/commands/explain.ts'
import { codes } from '../../../generator/errors/codes.ts'
import { withoutRule } from '../../../generator/errors/without-rule.ts'
import { rules } from '../../../generator/rules/index.ts'
import { claims, notes } from '../../../verifier/claims.ts'

const run = (name?: string) => {
  let [out, err] = ['', '']
  const terminal = {
    out: (text: string) => {
      out += text
      return true
    },
    err: (text: string) => {
      err += text
    },
    folder: '/',
    version: '0',
    interactive: false,
    color: false,
  }
  return { status: explain(terminal, name), out, err }
}

test('a code belongs to a rule, or is explained on its own', () => {
  const ofRules = rules.map(({ id }) => id)
  expect([...ofRules, ...Object.keys(withoutRule)].sort()).toEqual(Object.keys(codes).sort())
})

test.each([...Object.keys(codes), ...[...claims, ...notes].map(({ id }) => id)])('%s', (name) => {
  const { status, out, err } = run(name)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out).toMatch(new RegExp(`^${name} {2}\\S.*\\n\\n`))
  expect(out).toMatch(/^ {2}(?:Why|Means) +\S/m)
  const long = out
    .split('\n')
    .slice(1)
    .filter((line) => line.length > 80 && !/^ *\S+ +\S+$/.test(line))
  expect(long).toEqual([])
  expect(run(name.toUpperCase())).toEqual(run(name.toLowerCase()))
  expect(run().out).toContain(`  ${name}  `)
})

test('a slip is answered with what was meant', () => {
  expect(run('PC2O1')).toEqual({ status: 64, out: '', err: expect.stringMatching(/"PC2O1"\n {3}did you mean PC201\?/) })
  expect(run('no-bypas').err).toContain('did you mean no-bypass?')
  expect(run('').status).toBe(64)
})
