// What is granted is enough to start tasks, and nothing beyond: judged by an evaluator of IAM that is the tests' own.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { generate } from '../generator/generate.ts'
import type { Model } from '../generator/model/model.ts'
import { isAllowed } from './stories/iam.ts'
import { deployed, type Place } from './support/deployed.ts'
import { assets, exampleFolders, exampleModel } from './support/examples.ts'
import { someConfigs } from './support/random-models.ts'
import { type Json, readTemplate } from './support/read-template.ts'
import { asksOf, sessionAsks } from './support/task-start.ts'

const place: Place = { account: '111111111111', region: 'eu-west-1' }
const own = { 'aws:PrincipalAccount': place.account }
const foreign = { 'aws:PrincipalAccount': '999999999999' }

const standalone = (model: Model): Json =>
  readTemplate(generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? '')

const of = (resources: Record<string, Json>, type: string): Json[] =>
  Object.values(resources)
    .filter(({ Type }) => Type === type)
    .map(({ properties }) => properties)

/** Actions that would carry data out, or change something, one of each service that has an endpoint here. */
const beyond = [
  'ecr:PutImage',
  'ecr:UploadLayerPart',
  'ecr:CreateRepository',
  'logs:CreateLogGroup',
  'logs:PutResourcePolicy',
  'logs:GetLogEvents',
  'secretsmanager:PutSecretValue',
  'secretsmanager:CreateSecret',
  'secretsmanager:ListSecrets',
  'ssm:PutParameter',
  'ssm:SendCommand',
]

/** One sentence for each endpoint that lets through too little or too much. */
function endpointsThatAreWrong(template: Json): string[] {
  const resources = deployed(template, place)
  const interfaces = of(resources, 'AWS::EC2::VPCEndpoint').filter((each) => each.VpcEndpointType === 'Interface')
  const named = (endpoint: string): Json => interfaces.find((each) => each.ServiceName.endsWith(`.${endpoint}`))
  const lets = (each: Json, action: string, resource: string, context: Record<string, string>): boolean =>
    each.PolicyDocument === undefined || isAllowed(each.PolicyDocument.Statement, { action, resource, context })
  if (interfaces.length === 0) return []
  const sessions = of(resources, 'AWS::ECS::Service').some(({ EnableExecuteCommand }) => EnableExecuteCommand === true)
  const asks = [
    ...of(resources, 'AWS::ECS::TaskDefinition').flatMap((each) => asksOf(each.ContainerDefinitions[0])),
    ...(sessions ? sessionAsks : []),
  ]
  return [
    ...asks
      .filter(({ endpoint, action, resource }) => !named(endpoint) || !lets(named(endpoint), action, resource, own))
      .map(({ endpoint, action }) => `${endpoint} refuses ${action}`),
    ...interfaces.flatMap((each) => [
      ...[...asks.map(({ action }) => action), ...beyond]
        .filter((action) => lets(each, action, '*', foreign) || lets(each, action, '*', {}))
        .map((action) => `${each.ServiceName} takes keys of others for ${action}`),
      ...beyond
        .filter((action) => each.ServiceName.split('.').includes(action.split(':')[0]) && lets(each, action, '*', own))
        .map((action) => `${each.ServiceName} takes ${action}`),
    ]),
  ]
}

describe('interface endpoints let through what starting a task needs, for this account only', () => {
  test.each(exampleFolders)('in %s', (folder) => {
    expect(endpointsThatAreWrong(standalone(exampleModel(folder)))).toEqual([])
  })

  test('in random configs', () => {
    for (const { model, yaml } of someConfigs(200))
      expect({ yaml, found: endpointsThatAreWrong(standalone(model)) }).toEqual({ yaml, found: [] })
  })

  const broken: Record<string, (endpoint: Json) => void> = {
    'no policy': (endpoint) => {
      delete endpoint.PolicyDocument
    },
    'a policy for everybody': (endpoint) => {
      delete endpoint.PolicyDocument.Statement[0].Condition
    },
    'a policy for everything': (endpoint) => {
      endpoint.PolicyDocument.Statement[0].Action = '*'
    },
    'a policy that forgets an action': (endpoint) => {
      endpoint.PolicyDocument.Statement[0].Action.pop()
    },
  }
  test.each(Object.keys(broken))('and %s is noticed', (name) => {
    const template = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
    broken[name]?.(template.Resources.EcrApiEndpoint.Properties)
    expect(endpointsThatAreWrong(template)).not.toEqual([])
  })
})

describe('the log bucket', () => {
  const { LogBucket, LogBucketPolicy } = readTemplate(readFileSync('templates/standalone.yaml', 'utf8')).Resources

  test('keeps what was overwritten or deleted for a day, and expires the rest', () => {
    const { VersioningConfiguration, LifecycleConfiguration } = LogBucket.Properties
    expect(VersioningConfiguration).toEqual({ Status: 'Enabled' })
    expect(LifecycleConfiguration.Rules).toEqual([
      {
        Id: 'expire',
        Status: 'Enabled',
        ExpirationInDays: { Ref: 'LogRetentionDays' },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
    ])
  })

  test('refuses requests without TLS, in the way that every tool reads', () => {
    const [refusal] = LogBucketPolicy.Properties.PolicyDocument.Statement.filter(
      ({ Effect }: Json) => Effect === 'Deny',
    )
    expect(refusal.Condition).toStrictEqual({ Bool: { 'aws:SecureTransport': false } })
  })
})

test('the rule that stands for no egress is one port of an address that is nobody', () => {
  for (const folder of exampleFolders)
    for (const { SecurityGroupEgress } of of(
      deployed(standalone(exampleModel(folder)), place),
      'AWS::EC2::SecurityGroup',
    ))
      expect(SecurityGroupEgress).toMatchObject([
        { IpProtocol: 'tcp', FromPort: '1', ToPort: '1', CidrIp: '255.255.255.255/32' },
      ])
})
