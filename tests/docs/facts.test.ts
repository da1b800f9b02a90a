// Numbers and lists in the guides that follow from something else: the sums of the prices, the size of the templates,
// the keys that are not supported yet.
import { readFileSync, statSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { LATER } from '../../generator/config/schema/later.ts'
import { environments } from '../../generator/model/delivery/targets.ts'
import { parseConfig } from '../../generator/read.ts'
import { readTemplate } from '../support/read-template.ts'

const cost = readFileSync('docs/cost.md', 'utf8')
const limits = readFileSync('docs/limits.md', 'utf8')
const hours = 730

type Resources = Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>

/** The price in the row that begins with the words: the first dollars after them. */
function price(row: string): number {
  const [, dollars] = cost.match(new RegExp(`^\\| ${row}[^|]*\\|[^$\\n]*\\$([\\d.]+)`, 'm')) ?? []
  if (dollars === undefined) throw new Error(`docs/cost.md has no price for ${row}`)
  return Number(dollars)
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`

test('the month of the smallest application adds up, and counts what its template has', () => {
  const { Resources }: { Resources: Resources } = readTemplate(
    readFileSync('examples/minimal/templates/standalone.yaml', 'utf8'),
  )
  const of = (type: string) => Object.values(Resources).filter((resource) => resource.Type === type)
  const endpoints = of('AWS::EC2::VPCEndpoint').filter(
    ({ Properties }) => Properties['VpcEndpointType'] === 'Interface',
  )
  const zones = of('AWS::EC2::Subnet').length
  expect([endpoints.length, zones, of('AWS::ElasticLoadBalancingV2::LoadBalancer').length]).toEqual([3, 2, 1])
  expect(of('AWS::EC2::NatGateway')).toEqual([])

  const tasks = 2 * hours * (0.25 * price('vCPU') + 0.5 * price('GB of memory'))
  const balancer = hours * price('1 Application Load Balancer')
  const each = price('3 interface endpoints') * hours
  const endpointsCost = endpoints.length * zones * each
  expect(cost).toContain(`| 2 tasks on Fargate | see below | ${dollars(tasks)} |`)
  expect(cost).toMatch(new RegExp(`Load Balancer \\|[^|]*\\| \\${dollars(balancer)} \\|`))
  expect(cost).toMatch(new RegExp(`3 interface endpoints[^|]*\\|[^|]*\\| \\${dollars(endpointsCost)} \\|`))
  expect(cost).toContain(`| Total | | ${dollars(tasks + balancer + endpointsCost)} |`)
  expect(cost).toContain(`${dollars(zones * each)} in two zones`)
  expect(cost).toContain(`A third zone adds ${dollars(each)} for each endpoint`)
  expect(cost).toContain(`| \`endpoints\`, with secrets | ${dollars(endpointsCost + zones * each)} |`)
  expect(cost).toContain(`| \`nat\` | ${dollars(zones * hours * (0.045 + 0.005))} |`)
})

test('the month of the main example adds up, for each of its environments', () => {
  const { model } = parseConfig(readFileSync('portcullis.yaml', 'utf8'), 'portcullis.yaml')
  const { Resources }: { Resources: Resources } = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
  const of = (type: string) => Object.values(Resources).filter((resource) => resource.Type === type)
  const endpoints = of('AWS::EC2::VPCEndpoint').filter(
    ({ Properties }) => Properties['VpcEndpointType'] === 'Interface',
  ).length
  const shared =
    hours * price('1 Application Load Balancer') +
    endpoints * of('AWS::EC2::Subnet').length * hours * price('3 interface endpoints')
  const [cpu = [], memory = []] = ['vCPU, an hour', 'GB of memory, an hour'].map((row) =>
    [...(cost.match(new RegExp(`^\\| ${row} \\|(.*)$`, 'm'))?.[1] ?? '').matchAll(/[\d.]+/g)].map(Number),
  )
  const totals = environments(model.targets).map((target) =>
    model.services.map((service) => {
      const column = /^x86_64$/i.test(service.architecture) ? 0 : 1
      const value = (name: 'Cpu' | 'Memory' | 'MinTasks'): number =>
        Number(target.parameters[`${service.id}${name}`] ?? model.parameters[`${service.id}${name}`]?.default)
      const task = (value('Cpu') / 1024) * (cpu[column] ?? NaN) + (value('Memory') / 1024) * (memory[column] ?? NaN)
      return value('MinTasks') * hours * task
    }),
  )
  expect(environments(model.targets).map(({ name }) => name)).toEqual(['dev', 'prod'])
  const sums = totals.map((each) => each.reduce((sum, one) => sum + one, shared))
  for (const [index, { key }] of model.services.entries())
    expect(cost).toMatch(
      new RegExp(
        `^\\| \`${key}\`: .* ${totals.map((each) => `\\| \\${dollars(each[index] ?? NaN)} `).join('')}\\|$`,
        'm',
      ),
    )
  expect(cost).toContain(`| Total | ${sums.map(dollars).join(' | ')} |`)
  expect(cost).toContain(`Both together are ${dollars(sums.reduce((one, other) => one + other, 0))} a month`)
})

test('what the limits say of the size of standalone.yaml is so', () => {
  expect(limits).toContain('longer than 51,200 bytes for nearly every config')
  expect(statSync('templates/standalone.yaml').size).toBeGreaterThan(51_200)
  expect(statSync('examples/minimal/templates/standalone.yaml').size).toBeGreaterThan(51_200)
})

test('every key that is not supported yet is named', () => {
  const [, list = ''] = limits.split('## What the config cannot do yet')
  const missing = Object.keys(LATER).filter((key) => {
    const last = key.split('.').at(-1) ?? ''
    return !list.includes(`\`${key.replace('*', '<name>')}\``) && !list.includes(`\`${last}\``)
  })
  expect(missing).toEqual([])
})
