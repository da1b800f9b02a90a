// The reference pages in docs/, from the one definition of each thing: the schema, the rules, the parameters.
import { readFileSync } from 'node:fs'
import { besideConfig } from '../generator/commands/config-file.ts'
import { type Code, codes } from '../generator/errors/codes.ts'
import { withoutRule } from '../generator/errors/without-rule.ts'
import type { Parameter } from '../generator/model/parameters/parameter.ts'
import { parseConfig } from '../generator/read.ts'
import { rules } from '../generator/rules/index.ts'
import { configPage } from './config-docs.ts'
import { code, page, prose, sentence } from './markdown.ts'

export const docs = (): Readonly<Record<string, string>> => ({
  'docs/config.md': configPage(),
  'docs/rules.md': ruleBook(),
  'docs/parameters.md': parameters(),
})

function ruleBook(): string {
  const known = new Map<string, (typeof rules)[number]>(rules.map((rule) => [rule.id, rule]))
  return page(
    'Errors and rules',
    'Every error has a code, the place in the file, the cause and a remedy. All errors are shown at once. A code never changes its meaning. This page says what must hold or what to do, and why; `portcullis explain PC201` prints the same.',
    Object.entries(codes)
      .map(([id, error]) => {
        const rule = known.get(id)
        const title = `${prose(sentence(error))}${rule?.severity === 'warning' ? ' A warning: nothing is stopped.' : ''}`
        const demand = rule?.title ?? withoutRule[id as Code]?.remedy ?? ''
        const why = rule?.why ?? withoutRule[id as Code]?.why ?? ''
        return `## ${id}\n\n**${title}** ${prose(sentence(demand))} *Why:* ${prose(sentence(why))}`
      })
      .join('\n\n'),
  )
}

/** For the parameters that no example has. */
const ownCertificate = `name: own
domain:
  name: api.example.com
  certificate: arn:aws:acm:eu-west-1:111111111111:certificate/12345678-90ab-cdef-1234-567890abcdef
services:
  web: { image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/web:1", port: 8080 }
api:
  auth:
    callers: { lambda: "arn:aws:lambda:eu-west-1:111111111111:function:authorize" }
`

function parameters(): string {
  const found = new Map<string, Parameter>()
  const examples = [
    'minimal',
    'zone-elsewhere',
    'deployments',
    'every-key',
    'environments',
    'services',
    'existing-vpc',
    'external',
    'shared-load-balancer',
    'existing-parts',
    'platform',
    'platform-orders',
  ].map((name) => `examples/${name}/portcullis.yaml`)
  const models = [
    ...examples.map((file) => parseConfig(readFileSync(file, 'utf8'), file, undefined, [], besideConfig('.', file))),
    parseConfig(ownCertificate, 'portcullis.yaml'),
  ]
  for (const { model } of models) {
    for (const parameter of Object.values(model.parameters))
      if (!found.has(parameter.family)) found.set(parameter.family, parameter)
  }
  return page(
    'Parameters of the templates',
    'What can be changed at deployment without generating again. Defaults come from the config, so they are not listed here. `<Service>`, `<Authorizer>` and `<Name>` are the names in the config, in PascalCase: the service `orders` has `OrdersImage`, and `OrdersVariableLogLevel` where environments give its variable `LOG_LEVEL` values of their own. A template declares the parameters that it uses.',
    [...found]
      .map(([name, parameter]) => {
        const description = parameter.description.replaceAll(/\b(service|authorizer) [a-z][a-z0-9-]*/g, '$1')
        return `- **\`${name}\`**: ${prose(sentence(description))} *${values(parameter)}*`
      })
      .join('\n'),
  )
}

function values({ type, allowedValues, minValue, maxValue }: Parameter): string {
  if (minValue !== undefined) return `${type}, ${minValue} to ${maxValue}.`
  if (!allowedValues) return `${type}.`
  return allowedValues.length > 12
    ? `${type}, ${allowedValues.length} values from ${code(allowedValues[0])} to ${code(allowedValues.at(-1))}.`
    : `${type}, one of ${allowedValues.map(code).join(', ')}.`
}
