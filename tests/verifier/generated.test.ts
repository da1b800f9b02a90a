// What Portcullis emits is proved, with exactly the declarations that the config makes, over the whole config space.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { declarationsOfFlags, flagsOf } from '../../generator/commands/flags.ts'
import { declarationsOf, judge } from '../../generator/commands/verdict.ts'
import { generate } from '../../generator/generate.ts'
import { tasks } from '../../generator/model/tasks.ts'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { some } from '../support/effort.ts'
import { assets, exampleFiles, exampleFolders, exampleModel } from '../support/examples.ts'
import { someConfigs } from '../support/random-models.ts'

const own = codeOf(assets)
const openOnes = (claims: readonly ClaimReport[]): string[] =>
  claims
    .filter(({ verdict }) => verdict !== 'proved')
    .map(
      ({ id, target, verdict, because, unknown }) => `${verdict} ${id} ${target}: ${because} ${unknown?.settle ?? ''}`,
    )

describe.each(exampleFolders)('%s', (folder) => {
  const model = exampleModel(folder)
  const files = exampleFiles(folder)

  test('every whole template is proved', () => {
    const judged = judge(model, files, own)
    expect(judged.length).toBeGreaterThanOrEqual(2)
    for (const { report } of judged) {
      expect(openOnes(report.claims)).toEqual([])
      // On a load balancer of others, no service may be within reach of their APIs. What others run goes where they let it.
      expect(new Set(report.claims.map(({ id }) => id)).size).toBe(
        9 + (model.loadBalancer.kind === 'existing' ? 1 : 0) - (tasks(model).length === 0 ? 1 : 0),
      )
    }
  })

  /** Doors are named by resources, which may stand in other layers. */
  const isIn =
    (text: string) =>
    ({ name = '' }): boolean =>
      new RegExp(`^  ${name}:$`, 'm').test(text)

  test('a layer alone is undecided, never refuted and never proved', () => {
    const byPath = new Map(files.map(({ path, text }) => [path, text]))
    const layers = files.filter(
      ({ path, text }) =>
        /^templates\/[^/]+\.yaml$/.test(path) &&
        !/(?:template|standalone|stack-set)\.yaml$/.test(path) &&
        text.includes('Resources:'),
    )
    expect(layers.length).toBeGreaterThan(2)
    const declarations = declarationsOf(model)
    for (const layer of some(layers, 4, exampleFolders.indexOf(folder))) {
      const { verdict } = verify({
        templates: [layer],
        readFile: (path) => byPath.get(path),
        declarations: {
          ...declarations,
          allow: declarations.allow.filter(isIn(layer.text)),
          // Without its load balancer, nobody asks for the targets of a group.
          assume: declarations.assume.filter(({ facet, name }) => facet !== 'targets' && layer.text.includes(name)),
        },
        ownFunctions: own,
      })
      expect(`${layer.path} ${verdict}`).toBe(`${layer.path} undecided`)
    }
  })
})

test('without the declarations, what the config opens is refuted by name', () => {
  const standalone = (folder: string, declarations: Partial<Declarations> = {}) => {
    const path = join(folder, 'templates/standalone.yaml')
    return verify({
      templates: [{ path, text: readFileSync(path, 'utf8') }],
      readFile: () => undefined,
      declarations,
      ownFunctions: own,
    })
  }
  expect(openOnes(standalone('examples/nat').claims)).toEqual([
    expect.stringMatching(/^refuted bounded-egress WebService: .*PrivateDefaultRoute1 leads there/),
    expect.stringMatching(/^refuted bounded-egress ImportStateMachine: .*PrivateDefaultRoute1 leads there/),
  ])
  expect(openOnes(standalone('examples/zone-elsewhere').claims)).toEqual([
    expect.stringMatching(/^refuted authorized-routes HttpApi: GET \/health needs no authorization/),
  ])
  expect(openOnes(standalone('examples/containers').claims)).toEqual([
    expect.stringMatching(/^refuted no-side-door .*ReportsService allows ECS Exec/),
  ])
  for (const declarations of [{}, { allow: [{ door: 'exec', name: 'OrdersService' }] }] as const)
    expect(openOnes(standalone('examples/every-key', declarations).claims)).toContainEqual(
      expect.stringMatching(/^refuted no-side-door .*StatusService allows ECS Exec/),
    )
})

test('the certificate of a zone in another account counts only with our own function, byte for byte', () => {
  const path = 'examples/zone-elsewhere/templates/standalone.yaml'
  const text = readFileSync(path, 'utf8')
  const judged = (changed: string, functions = own) =>
    verify({
      templates: [{ path, text: changed }],
      readFile: () => undefined,
      declarations: { openRoutes: [{ key: 'GET /health' }] },
      ownFunctions: functions,
    })
  expect(judged(text).verdict).toBe('proved')
  const tampered = text.replace('"use strict";', '"use strict";/**/')
  expect(tampered).not.toBe(text)
  // What runs before or instead of the code makes it another function.
  const beside = [
    'Layers: [arn:aws:lambda:eu-west-1:111111111111:layer:x:1]',
    'Environment: { Variables: { NODE_OPTIONS: --import=/opt/x.mjs } }',
  ].map((property) =>
    text.replaceAll('      Handler: index.handler', `      Handler: index.handler\n      ${property}`),
  )
  const elsewhere = text.replaceAll('Runtime: nodejs24.x', 'Runtime: python3.13')
  for (const report of [judged(text, new Set()), ...[tampered, ...beside, elsewhere].map((each) => judged(each))]) {
    expect(report.verdict).toBe('undecided')
    expect(report.claims.find(({ id }) => id === 'verified-tls')?.unknown?.settle).toMatch(/^--assume .+\.covers=HOST$/)
  }
})

/** What a config asks for by name and is not made by it: each gets a rule or a right, and nothing else changes. */
const actsOutside = [
  // An authorizer's function that is there already has to be told to answer the API.
  /^\w+LambdaAuthorizerPermission changes the rights of or to the parameter/,
  // What somebody else runs, and the endpoints of an existing VPC, admit ours.
  /^\w+TaskIngressFromLoadBalancer changes the rules of the parameter \w+TaskSecurityGroupId/,
  /^EndpointIngressFrom\w+ changes the rules of the parameter EndpointSecurityGroupId/,
  // A load balancer and a VPC link that exist may open connections to ours.
  /^LoadBalancerEgressTo\w+ changes the rules of the parameter LoadBalancerSecurityGroupId/,
  /^VpcLinkEgressToLoadBalancer changes the rules of the parameter VpcLinkSecurityGroupId/,
  // The API uses a VPC link that exists.
  /^\w+Integration is joined to the parameter VpcLinkId/,
  // The API answers below a path of a domain that exists.
  /^ApiMapping becomes part of /,
  // A database admits the tasks by a rule of its own group.
  /^\w+Reaches\w+GroupIngress changes the rules of the parameter \w+Reaches\w+Group/,
]

test('every whole template of random configs is proved', () => {
  const judged = someConfigs(40).flatMap(({ yaml, model }) =>
    judge(model, generate(model, assets), own).map((each) => ({ yaml, ...each })),
  )
  const found = judged.flatMap(({ yaml, path, report: { claims, notes } }) => {
    const outside = notes
      .filter(({ verdict, because }) => verdict !== 'proved' && !actsOutside.some((known) => known.test(because)))
      .map(({ because }) => because)
    const lines = [...openOnes(claims), ...outside]
    return lines.length === 0 ? [] : [`${path} of\n${yaml}\n${lines.join('\n')}`]
  })
  expect(found.slice(0, 3)).toEqual([])
  expect(judged.length).toBeGreaterThan(40 / 4)
})

test('what a config declares is the same when it is written as flags', () => {
  const models = [...exampleFolders.map(exampleModel), ...someConfigs(40).map(({ model }) => model)]
  for (const model of models)
    for (const template of ['templates/template.yaml', 'templates/stack-set.yaml']) {
      const declared = declarationsOf(model, template)
      expect(declarationsOfFlags(flagsOf(declared))).toEqual(declared)
    }
})
