// What SAM CLI itself reads from samconfig.toml is what the config says, whatever characters it has.
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'smol-toml'
import { delivered } from '../support/delivered.ts'
import { runs, seed } from '../support/effort.ts'
import { offline, python, requireTool } from './python.ts'

const program = `
import json, sys
from samcli.cli.types import CfnParameterOverridesType
print(json.dumps([CfnParameterOverridesType().convert(each, None, None) for each in json.load(sys.stdin)]))
`

const texts: readonly string[] = [
  '',
  ' ',
  '"',
  "'",
  '\\',
  'it\'s "quoted"',
  '{"a": "say \\"hi\\""}',
  'C:\\temp\\',
  'back\\ blank \\\\ two',
  "'whole'",
  '"whole"',
  '\\"',
  'two\nlines\\\nthree',
  'OTHER="x" ParameterKey=A,ParameterValue=B',
  '${AWS::Region} {{resolve:ssm:x}} !Ref y',
  'file://x',
  'ünïcödé ✓',
]

test('a variable reaches the template as it is written', () => {
  requireTool('aws-sam-cli')
  const random = fc.sample(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '=', ',', '\n', '{') }), {
    numRuns: runs(200),
    seed,
  })
  const values = [...texts, ...random]
  const variables = Object.fromEntries(values.map((text, index) => [`V${index}`, text]))
  const chunks = Array.from({ length: Math.ceil(values.length / 50) }, (_, index) =>
    Object.fromEntries(Object.entries(variables).slice(index * 50, index * 50 + 50)),
  )
  const overrides = chunks.map((environment) => {
    const from = delivered({
      domain: { name: 'api.example.com', zone: 'manual' },
      environments: { prod: { region: 'eu-west-1', services: { orders: { environment } } } },
    })
    // biome-ignore lint/suspicious/noExplicitAny: as TOML has it
    return (parse(from.text('samconfig.toml')) as any).prod.deploy.parameters.parameter_overrides
  })
  const read: Record<string, string>[] = JSON.parse(
    execFileSync(python, ['-c', program], {
      input: JSON.stringify(overrides),
      encoding: 'utf8',
      env: { ...process.env, ...offline },
    }),
  )
  const found = Object.assign({}, ...read)
  for (const [name, text] of Object.entries(variables))
    expect([name, found[`OrdersVariable${name}`]]).toEqual([name, text])
})
