// What is granted is enough to start tasks, and nothing beyond: judged by an evaluator of IAM that is the tests' own.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { generate } from '../generator/generate.ts'
import type { Model } from '../generator/model/model.ts'
import { parseConfig } from '../generator/read.ts'
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

let made: { readonly yaml: string; readonly template: Json; readonly named: readonly string[] }[] | undefined
const random = () => {
  made ??= someConfigs(24, hasEndpoints).map(({ yaml, model }) => {
    expect({ yaml, egress: model.network.egress.kind }).toEqual({ yaml, egress: 'endpoints' })
    return { yaml, template: standalone(model), named: namedIn(model) }
  })
  return made
}

const hasEndpoints = ({ network = {} }: Json): boolean =>
  network.existing === undefined && (network.egress ?? 'endpoints') === 'endpoints'

/** Endpoints that the config opens for all that their service offers. */
const namedIn = ({ network: { egress } }: Model): readonly string[] => (egress.kind === 'endpoints' ? egress.named : [])

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

/** One sentence for each endpoint that lets through too little, or too much unless the config names it. */
function endpointsThatAreWrong(template: Json, named: readonly string[] = []): string[] {
  const resources = deployed(template, place)
  const interfaces = of(resources, 'AWS::EC2::VPCEndpoint').filter((each) => each.VpcEndpointType === 'Interface')
  const called = (endpoint: string): Json => interfaces.find((each) => each.ServiceName.endsWith(`.${endpoint}`))
  const lets = (each: Json, action: string, resource: string, context: Record<string, string>): boolean =>
    each.PolicyDocument === undefined || isAllowed(each.PolicyDocument.Statement, { action, resource, context })
  if (interfaces.length === 0) return []
  const sessions = of(resources, 'AWS::ECS::Service').some(({ EnableExecuteCommand }) => EnableExecuteCommand === true)
  const asks = [
    ...of(resources, 'AWS::ECS::TaskDefinition').flatMap((each) => asksOf(each)),
    ...(sessions ? sessionAsks : []),
  ]
  const taskRoles = of(resources, 'AWS::ECS::TaskDefinition').map((each) => resources[each.TaskRoleArn.slice(0, -4)])
  const rights: string[] = taskRoles.flatMap(({ properties }) =>
    (properties.Policies ?? []).flatMap(({ PolicyDocument }: Json) =>
      PolicyDocument.Statement.flatMap(({ Action }: Json) => Action),
    ),
  )
  const isOf = (each: Json, action: string): boolean =>
    each.ServiceName.replace(/^com\.amazonaws\.[^.]+\./, '').split('.')[0] === action.split(':')[0]
  return [
    ...asks
      .filter(({ endpoint, action, resource }) => !called(endpoint) || !lets(called(endpoint), action, resource, own))
      .map(({ endpoint, action }) => `${endpoint} refuses ${action}`),
    ...interfaces.flatMap((each) => [
      ...[...asks.map(({ action }) => action), ...beyond]
        .filter((action) => lets(each, action, '*', foreign) || lets(each, action, '*', {}))
        .map((action) => `${each.ServiceName} takes keys of others for ${action}`),
      ...beyond
        .filter(() => !named.some((name) => each.ServiceName.endsWith(`.${name}`)))
        .filter((action) => each.ServiceName.split('.').includes(action.split(':')[0]) && lets(each, action, '*', own))
        .map((action) => `${each.ServiceName} takes ${action}`),
    ]),
    ...interfaces.flatMap((each) =>
      rights
        .filter((action) => isOf(each, action) && !lets(each, action, '*', own))
        .map((action) => `${each.ServiceName} refuses the application ${action}`),
    ),
  ]
}

describe('interface endpoints let through what starting a task needs, for this account only', () => {
  test.each(exampleFolders)('in %s', (folder) => {
    const model = exampleModel(folder)
    expect(endpointsThatAreWrong(standalone(model), namedIn(model))).toEqual([])
  })

  test('in random configs', () => {
    for (const { yaml, template, named } of random())
      expect({ yaml, found: endpointsThatAreWrong(template, named) }).toEqual({ yaml, found: [] })
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

const secret = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:others/key-AbCdEf'

const key = 'arn:aws:kms:eu-west-1:111111111111:key/12345678-90ab-cdef-1234-567890abcdef'

/** One sentence for each execution role that may do too little or too much, and for each that others may assume. */
function rolesThatAreWrong(template: Json, where: Place): string[] {
  const resources = deployed(template, where)
  return of(resources, 'AWS::ECS::TaskDefinition').flatMap((task) => {
    const id = task.ExecutionRoleArn.replace(/\.Arn$/, '')
    const { Policies, AssumeRolePolicyDocument } = resources[id].properties
    const statements = Policies.flatMap((each: Json) => each.PolicyDocument.Statement)
    const may = (action: string, resource: string): boolean => isAllowed(statements, { action, resource, context: {} })
    const trusts = (account: string): boolean =>
      isAllowed(AssumeRolePolicyDocument.Statement, {
        action: 'sts:AssumeRole',
        resource: id,
        context: { 'aws:SourceAccount': account },
      })
    const asks = asksOf(task)
    const near = asks
      .filter(({ resource }) => resource !== '*')
      .flatMap(({ action, resource }) => [
        { action, resource: `${resource}s` },
        { action, resource: `${resource}/more` },
        { action, resource: resource.replace(/[^:/]+$/, 'other') },
        { action, resource: resource.replace('111111111111', '999999999999').replace('eu-west-1', 'us-east-1') },
      ])
      .filter(({ action, resource }) => !asks.some((ask) => ask.action === action && ask.resource === resource))
    return [
      ...asks.filter(({ action, resource }) => !may(action, resource)).map((ask) => `${id} may not ${show(ask)}`),
      ...near.filter(({ action, resource }) => may(action, resource)).map((ask) => `${id} may ${show(ask)}`),
      ...beyond.filter((action) => may(action, '*')).map((action) => `${id} may ${action}`),
      ...(may('kms:Decrypt', key) ? [`${id} may decrypt by itself`] : []),
      ...(may('secretsmanager:GetSecretValue', secret) ? [`${id} may read the secrets of others`] : []),
      ...(trusts(where.account) ? [] : [`${id} cannot be assumed by ECS`]),
      ...(trusts('999999999999') ? [`${id} may be assumed for others`] : []),
    ]
  })
}

const show = ({ action, resource }: { action: string; resource: string }): string => `${action} ${resource}`

describe('with endpoints, an execution role may start its tasks and nothing else', () => {
  const examples = exampleFolders.filter((folder) => exampleModel(folder).network.egress.kind === 'endpoints')

  test.each(examples)('in %s', (folder) => {
    expect(rolesThatAreWrong(standalone(exampleModel(folder)), place)).toEqual([])
  })

  test('in random configs', () => {
    expect(random().length).toBeGreaterThan(3)
    for (const { yaml, template } of random())
      expect({ yaml, found: rolesThatAreWrong(template, place) }).toEqual({ yaml, found: [] })
  })

  const digest = `sha256:${'0a'.repeat(32)}`
  test.each([
    '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders',
    '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2',
    `111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders@${digest}`,
    `111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2@${digest}`,
    '222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/area/orders.v2_x:latest',
    '111111111111.dkr.ecr-fips.eu-west-1.amazonaws.com/docker-hub/library/nginx:1.29',
  ])('when the image is %s, as a parameter', (image) => {
    for (const [folder, parameter] of [
      ['examples/minimal', 'WebImage'],
      ['examples/every-key', 'OrdersImage'],
    ] as const) {
      const template = readTemplate(readFileSync(`${folder}/templates/standalone.yaml`, 'utf8'))
      expect(image).toMatch(new RegExp(template.Parameters[parameter].AllowedPattern))
      expect(rolesThatAreWrong(template, { ...place, parameters: { [parameter]: image } })).toEqual([])
    }
  })

  const broken: Record<string, (role: Json) => void> = {
    'any repository': (role) => {
      role.Policies[0].PolicyDocument.Statement[1].Resource = {
        'Fn::Sub': 'arn:${AWS::Partition}:ecr:*:*:repository/*',
      }
    },
    'no repository': (role) => {
      role.Policies[0].PolicyDocument.Statement.splice(1, 1)
    },
    'any account': (role) => {
      delete role.AssumeRolePolicyDocument.Statement[0].Condition
    },
  }
  test.each(Object.keys(broken))('and %s is noticed', (name) => {
    const template = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
    broken[name]?.(template.Resources.OrdersExecutionRole.Properties)
    expect(rolesThatAreWrong(template, place)).not.toEqual([])
  })
})

describe('a key of secrets', () => {
  const other = 'arn:aws:kms:eu-west-1:111111111111:key/99999999-90ab-cdef-1234-567890abcdef'
  const { model } = parseConfig(
    `name: keys
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services:
  both:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/both:1
    port: 8080
    secrets: { A: both/a }
    secretsKey: ${key}
    sidecars: { otel: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/otel:1", secrets: { B: /both/b } } }
  open:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/open:1
    secrets: { A: open/a }
jobs:
  nightly:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/nightly:1
    schedule: rate(1 day)
    secrets: { B: /nightly/b }
    secretsKey: "arn:aws:kms:{region}:{account}:key/mrk-1234567890abcdef1234567890abcdef"
api: { auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [keys] } } } }
`,
    'portcullis.yaml',
  )
  const template = standalone(model)

  /** Who may decrypt with what, through which service. */
  const decrypting = (where: Place) => {
    const resources = deployed(template, where)
    const suffix = where.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
    return ['Both', 'Open', 'Nightly'].flatMap((task) =>
      ['ExecutionRole', 'TaskRole'].flatMap((role) => {
        const statements = (resources[`${task}${role}`]?.properties.Policies ?? []).flatMap(
          (each: Json) => each.PolicyDocument.Statement,
        )
        const mrk = `arn:aws:kms:${where.region}:${where.account}:key/mrk-1234567890abcdef1234567890abcdef`
        return [key, other, mrk, '*'].flatMap((resource) =>
          [undefined, ...['secretsmanager', 'ssm', 'rds'].map((each) => `${each}.${where.region}.${suffix}`)]
            .filter((via) =>
              isAllowed(statements, { action: 'kms:Decrypt', resource, context: { 'kms:ViaService': via } }),
            )
            .map((via) => `${task}${role} ${resource.split('/')[1]?.slice(0, 8)} ${via}`),
        )
      }),
    )
  }

  test('decrypts what its own tasks read, through the stores that they read from', () => {
    expect(decrypting(place)).toEqual([
      'BothExecutionRole 12345678 secretsmanager.eu-west-1.amazonaws.com',
      'BothExecutionRole 12345678 ssm.eu-west-1.amazonaws.com',
      'NightlyExecutionRole mrk-1234 ssm.eu-west-1.amazonaws.com',
    ])
  })

  test('is a parameter, also where names end otherwise', () => {
    const elsewhere = { ...place, region: 'cn-north-1', partition: 'aws-cn', parameters: { BothSecretsKeyArn: other } }
    expect(decrypting(elsewhere)).toEqual([
      'BothExecutionRole 99999999 secretsmanager.cn-north-1.amazonaws.com.cn',
      'BothExecutionRole 99999999 ssm.cn-north-1.amazonaws.com.cn',
      'NightlyExecutionRole mrk-1234 ssm.cn-north-1.amazonaws.com.cn',
    ])
  })

  test('needs no endpoint: the stores ask KMS', () => {
    expect(Object.keys(template.Resources).filter((id) => /Kms/i.test(id))).toEqual([])
  })
})

describe('credentials of a registry', () => {
  const { model } = parseConfig(
    `name: registries
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
network: { egress: nat }
services:
  both:
    image: registry.example.com/both:1
    registryCredentials: "arn:aws:secretsmanager:{region}:{account}:secret:{environment}/registry"
    port: 8080
    init: { command: [migrate] }
    sidecars:
      proxy: { image: other.example.com/proxy:1, registryCredentials: "arn:aws:secretsmanager:{region}:{account}:secret:other-AbCdEf" }
      open: { image: public.ecr.aws/nginx/nginx:1 }
  without: { image: public.ecr.aws/nginx/nginx:1 }
jobs:
  nightly:
    image: registry.example.com/nightly:1
    registryCredentials: arn:aws:secretsmanager:eu-west-1:111111111111:secret:registry-AbCdEf
    schedule: rate(1 day)
    secretsKey: ${key}
api: { auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [keys] } } } }
`,
    'portcullis.yaml',
  )
  const template = standalone(model)
  const resources = deployed(template, { ...place, parameters: { EnvironmentName: 'dev' } })
  const secret = (name: string): string => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`

  test('are those of each container that has an image of its own', () => {
    const pulled = of(resources, 'AWS::ECS::TaskDefinition').flatMap(({ ContainerDefinitions }) =>
      ContainerDefinitions.map(({ Name, RepositoryCredentials }: Json) => [
        Name,
        RepositoryCredentials?.CredentialsParameter,
      ]),
    )
    expect(pulled).toEqual([
      ['both', secret('dev/registry')],
      ['init', secret('dev/registry')],
      ['open', undefined],
      ['proxy', secret('other-AbCdEf')],
      ['without', undefined],
      ['nightly', secret('registry-AbCdEf')],
    ])
  })

  test('are read by the execution role of their own tasks, and by nobody else', () => {
    const names = ['dev/registry-AbCdEf', 'dev/registry-of-others', 'other-AbCdEf', 'registry-AbCdEf', 'x-AbCdEf']
    const readers = Object.entries(resources).flatMap(([id, { Type, properties }]) =>
      Type === 'AWS::IAM::Role'
        ? names
            .filter((name) =>
              isAllowed(
                (properties.Policies ?? []).flatMap((each: Json) => each.PolicyDocument.Statement),
                { action: 'secretsmanager:GetSecretValue', resource: secret(name), context: {} },
              ),
            )
            .map((name) => `${id} ${name}`)
        : [],
    )
    expect(readers).toEqual([
      'BothExecutionRole dev/registry-AbCdEf',
      'BothExecutionRole other-AbCdEf',
      'NightlyExecutionRole registry-AbCdEf',
    ])
  })

  test('may be encrypted with the key of the secrets', () => {
    const statements = resources['NightlyExecutionRole']?.properties.Policies.flatMap(
      (each: Json) => each.PolicyDocument.Statement,
    )
    const decrypts = (via: string): boolean =>
      isAllowed(statements, { action: 'kms:Decrypt', resource: key, context: { 'kms:ViaService': via } })
    expect(['secretsmanager', 'ssm'].filter((each) => decrypts(`${each}.eu-west-1.amazonaws.com`))).toEqual([
      'secretsmanager',
    ])
  })

  test('differ between environments by a parameter', () => {
    const other = secret('registry-GhIjKl')
    const { properties } =
      deployed(template, { ...place, parameters: { NightlyRegistryCredentialsArn: other } })['NightlyTaskDefinition'] ??
      {}
    expect(properties.ContainerDefinitions[0].RepositoryCredentials).toEqual({ CredentialsParameter: other })
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
