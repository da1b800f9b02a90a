// What does not fit is a mistake in the config that counts and names the way out. Nothing ends as a defect.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { LocatedDiagnostic } from '../../generator/errors/located.ts'
import { PortcullisError } from '../../generator/errors/portcullis-error.ts'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { withinLimits } from '../../generator/within-limits.ts'
import { byEffort } from '../support/effort.ts'
import { assets } from '../support/examples.ts'
import { toYaml } from './arbitraries.ts'

type Sizes = {
  readonly services: number
  readonly paths: number
  readonly secrets: number
  readonly variables: number
  readonly variableLength: number
  readonly audiences: number
  readonly origins: number
  readonly accounts: number
  readonly pathLength: number
}
const least: Sizes = {
  services: 1,
  paths: 1,
  secrets: 0,
  variables: 0,
  variableLength: 1,
  audiences: 1,
  origins: 0,
  accounts: 0,
  pathLength: 1,
}

const many = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, i) => make(i))
const keyed = (count: number, make: (index: number) => readonly [string, unknown]) =>
  Object.fromEntries(many(count, make))

function configOf(sizes: Sizes): object {
  const segment = (index: number): string => `${'a'.repeat(sizes.pathLength)}${index}`
  return {
    name: 'large',
    domain: {
      name: sizes.accounts > 0 ? '{account}.example.com' : 'api.example.com',
      zone: {
        id: 'Z0123456789ABCDEFGHIJ',
        ...(sizes.accounts > 0 ? { role: 'arn:aws:iam::222222222222:role/portcullis/dns-writer' } : {}),
      },
    },
    services: keyed(sizes.services, (service) => [
      `s${service}`,
      {
        image: '111111111111.dkr.ecr.{region}.amazonaws.com/a:1',
        port: 8080,
        paths: many(sizes.paths, (path) => `/s${service}/${segment(path)}`),
        secrets: keyed(sizes.secrets, (index) => [
          `SECRET_${index}`,
          `arn:aws:secretsmanager:eu-west-1:111111111111:secret:service-${service}/number-${index}`,
        ]),
        environment: keyed(sizes.variables, (index) => [`VARIABLE_${index}`, 'x'.repeat(sizes.variableLength)]),
      },
    ]),
    api: {
      auth: {
        users: {
          jwt: {
            issuer: 'https://idp.example.com/',
            audience: many(sizes.audiences, (index) => `${'a'.repeat(90)}${index}`),
          },
        },
      },
      ...(sizes.origins > 0
        ? { cors: { origins: many(sizes.origins, (index) => `https://${'a'.repeat(50)}${index}.example.com`) } }
        : {}),
    },
    environments: keyed(sizes.accounts, (index) => [
      `e${index}`,
      { region: 'eu-west-1', account: String(100_000_000_000 + index) },
    ]),
  }
}

/** What is wrong, or nothing when it was generated; any other error is a defect. */
function mistakesOf(sizes: Sizes): readonly LocatedDiagnostic[] {
  try {
    const read = parseConfig(toYaml(configOf(sizes)), 'portcullis.yaml')
    const files = withinLimits(read, () => generate(read.model, assets, 'json'))
    for (const { path, text } of files) if (path.endsWith('.json')) expectToFit(path, text)
    return []
  } catch (error) {
    if (error instanceof PortcullisError) return error.diagnostics
    throw error
  }
}

/** Counted on the emitted text, apart from the code that refuses. */
function expectToFit(path: string, text: string): void {
  const template = JSON.parse(text)
  const count = (section: string): number => Object.keys(template[section] ?? {}).length
  expect([path, Buffer.byteLength(text) <= 1_000_000]).toEqual([path, true])
  expect([path, count('Resources') <= 500, count('Parameters') <= 200, count('Outputs') <= 200]).toEqual([
    path,
    true,
    true,
    true,
  ])
  const ofType = (type: string): { Type: string; Properties: Record<string, unknown> }[] =>
    Object.values<{ Type: string; Properties: Record<string, unknown> }>(template.Resources).filter(
      ({ Type }) => Type === type,
    )
  expect(ofType('AWS::ElasticLoadBalancingV2::ListenerRule').length).toBeLessThanOrEqual(100)
  expect(ofType('AWS::ElasticLoadBalancingV2::TargetGroup').length).toBeLessThanOrEqual(100)
  expect(ofType('AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(300)
  for (const { Properties } of ofType('AWS::ElasticLoadBalancingV2::ListenerRule'))
    expect(JSON.stringify(Properties['Conditions']).split('","').length).toBeLessThanOrEqual(5)
  for (const kind of ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']) {
    const groups = ofType(kind).map(({ Properties }) => JSON.stringify(Properties['GroupId']))
    for (const group of groups) expect(groups.filter((each) => each === group).length).toBeLessThanOrEqual(60)
  }
  for (const { Properties } of ofType('AWS::ECS::TaskDefinition'))
    expect(JSON.stringify(Properties).length).toBeLessThanOrEqual(65_536)
}

const cases: readonly (readonly [what: string, sizes: Partial<Sizes>, code: string, place: string, message: RegExp])[] =
  [
    [
      'resources',
      { services: 30 },
      'PC513',
      'services',
      /^templates\/\S+ would have \d{3} resources, and CloudFormation allows 500$/,
    ],
    ['parameters', { services: 60 }, 'PC509', 'services', /would have 3\d\d parameters$/],
    ['target groups', { services: 101 }, 'PC104', 'services', /^101 services/],
    [
      'policies',
      { secrets: 150 },
      'PC513',
      'services.s0',
      /would have 1\d,\d{3} characters of policies in S0\w+, and AWS allows 10,240$/,
    ],
    [
      'a task definition',
      { variables: 40, variableLength: 1700 },
      'PC513',
      'services.s0',
      /\d\d,\d{3} bytes in S0\w+, and AWS allows 65,536$/,
    ],
    [
      'the text of a template',
      { services: 20, variables: 30, variableLength: 2000 },
      'PC513',
      'services',
      /\d{7} bytes, and CloudFormation allows 1000000$/,
    ],
    [
      'an audience',
      { audiences: 50 },
      'PC513',
      'api.auth.users',
      /bytes in the default of UsersAudience, and AWS allows 4,096$/,
    ],
    ['origins', { origins: 80 }, 'PC513', 'api.cors', /bytes in the default of CorsOrigins, and AWS allows 4,096$/],
    [
      'the accounts that a zone trusts',
      { accounts: 70 },
      'PC513',
      'domain.zone',
      /characters in the trust policy of \w+, and AWS allows 2,048$/,
    ],
    ['routes', { services: 2, paths: 200 }, 'PC311', 'services', /would have 400 routes$/],
    ['listener rules', { services: 2, paths: 300 }, 'PC406', 'services', /need 120 listener rules$/],
    [
      'more paths than there are priorities',
      { services: 2, paths: 11_000 },
      'PC406',
      'services',
      /need 4400 listener rules$/,
    ],
  ]

test.each(cases)('too much of %s is a mistake with its place and the way out', (_, sizes, code, place, message) => {
  const found = mistakesOf({ ...least, ...sizes })
  const mistake = found.find((each) => each.code === code)
  expect(found.map((each) => each.code)).toContain(code)
  expect(mistake?.path.join('.')).toBe(place)
  expect(mistake?.message).toMatch(message)
  expect(mistake?.remedy).toMatch(/\S/)
})

test('a large config is generated within all limits, or is a mistake', () => {
  const upTo = (max: number) => fc.integer({ min: 0, max })
  const sizes = fc.record({
    services: fc.integer({ min: 1, max: 45 }),
    paths: fc.integer({ min: 1, max: 30 }),
    secrets: upTo(30),
    variables: upTo(20),
    variableLength: upTo(4000),
    audiences: fc.integer({ min: 1, max: 60 }),
    origins: upTo(100),
    accounts: upTo(100),
    pathLength: fc.integer({ min: 1, max: 130 }),
  })
  fc.assert(
    fc.property(sizes, (each) => {
      for (const { message, remedy } of mistakesOf(each)) expect(message && remedy).toMatch(/\S/)
    }),
    { numRuns: byEffort({ quick: 8, full: 25 }), seed: 20261130 },
  )
})
