import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'
import { type Delivered, delivered, type Settings } from '../../support/delivered.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

const everything: Settings = {
  environments: {
    prod: {
      region: 'us-east-1',
      account: '111111111111',
      parameters: { OrdersMinTasks: 3, DomainName: 'a.example.com' },
    },
    dev: { region: 'eu-west-1' },
  },
  delivery: {
    serviceCatalog: { portfolio: 'Platform', owner: 'me', versions: { '1.0.0': 'current' } },
    stackSet: { accounts: ['333333333333'], regions: ['us-west-2'] },
  },
}
const read = (from: Delivered): Json => parse(from.text('samconfig.toml'))
const deploy = (from: Delivered, name: string): Json => read(from)[name].deploy.parameters

test('has the version that SAM CLI demands, a number', () => {
  expect(read(delivered({})).version).toBe(0.1)
})

test('has an environment for every companion that is emitted, and for no other', () => {
  const names = (from: Delivered): string[] => Object.keys(read(from)).sort()
  expect(names(delivered(everything))).toEqual(
    ['default', 'dev', 'launch-role', 'prod', 'service-catalog', 'stack-set', 'version', 'zone-role'].sort(),
  )
  expect(names(delivered({ domain: { name: 'api.example.com' } }))).toEqual(['default', 'version'])
})

describe('each environment', () => {
  const from = delivered(everything)
  const names = Object.keys(read(from)).filter((name) => name !== 'version' && name !== 'default')

  test.each(names)('%s names a template that is emitted', (name) => {
    for (const command of Object.values<Json>(read(from)[name]))
      expect(from.text(command.parameters.template_file)).toContain('Resources:')
  })

  test('has a stack of its own', () => {
    const stacks = names.map((name) => deploy(from, name).stack_name)
    expect(new Set(stacks).size).toBe(names.length)
    for (const stack of stacks) expect(stack).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
  })

  test.each(names)('%s has exactly the capabilities that its template needs', (name) => {
    const { template_file, capabilities = [] } = deploy(from, name)
    const text = from.text(template_file)
    const named = /^ +(RoleName|ManagedPolicyName):/m.test(text)
    const iam = /AWS::IAM::|AWS::CloudFormation::(Stack|StackSet)$/m.test(text)
    const expand = /^Transform:/m.test(text)
    expect([...capabilities].sort()).toEqual(
      [
        ...(expand ? ['CAPABILITY_AUTO_EXPAND'] : []),
        ...(named ? ['CAPABILITY_NAMED_IAM'] : iam ? ['CAPABILITY_IAM'] : []),
      ].sort(),
    )
  })

  test.each(names)('%s has a bucket for uploads when its template names local files', (name) => {
    const { template_file, resolve_s3 = false } = deploy(from, name)
    expect(resolve_s3).toBe(/TemplateURL: '?\.\//.test(from.text(template_file)))
  })

  test.each(names)('%s can be deployed again without a change, and is linted', (name) => {
    expect(deploy(from, name).fail_on_empty_changeset).toBe(false)
    expect(read(from)[name].validate.parameters.lint).toBe(true)
  })
})

test('every stack gets the tags, and none that are not given', () => {
  const from = delivered({ ...everything, tags: { Team: 'order desk', 'a=b': 'c' } })
  for (const name of Object.keys(read(from)).filter((each) => each !== 'version' && each !== 'default'))
    expect(deploy(from, name).tags).toEqual(['Team="order desk"', 'a=b="c"'])
  expect(delivered(everything).text('samconfig.toml')).not.toContain('tags')
})

describe('the environments of the config', () => {
  test('have their region and their own values', () => {
    const from = delivered(everything)
    expect(deploy(from, 'prod')).toMatchObject({
      region: 'us-east-1',
      parameter_overrides: expect.arrayContaining(['DomainName="a.example.com"', 'OrdersMinTasks="3"']),
    })
    expect(deploy(from, 'dev')).toMatchObject({ region: 'eu-west-1' })
    expect(deploy(from, 'dev').parameter_overrides).toContain('OrdersMinTasks="2"')
  })

  test('name every value of the config, because SAM CLI keeps the previous value of what it is not given', () => {
    const from = delivered(everything)
    const declared = Object.entries<Json>(readTemplate(from.text('templates/template.yaml')).Parameters)
    expect(declared.length).toBeGreaterThan(10)
    for (const name of ['dev', 'prod']) {
      const given = new Map<string, string>(
        deploy(from, name).parameter_overrides.map(
          (each: string) => each.split(/="|"$/) as unknown as [string, string],
        ),
      )
      for (const [parameter, { Default }] of declared)
        if (Default) expect(given.has(parameter) ? parameter : `${parameter} is not given`).toBe(parameter)
    }
    expect(deploy(from, 'zone-role').parameter_overrides).toContainEqual(expect.stringMatching(/^HostedZoneId="Z/))
  })

  test('say in the words of the config what differs, and every other one says what it takes instead', () => {
    const from = delivered({
      domain: { name: '{region}.example.com', zone: 'manual' },
      service: {
        environment: { LOG_LEVEL: 'info', KEPT: 'x' },
        secrets: { DATABASE: '/db/{environment}', TOKEN: 'token:key' },
      },
      environments: {
        dev: { region: 'eu-west-1' },
        prod: {
          region: 'eu-central-1',
          parameters: { EnvironmentName: 'live' },
          services: {
            orders: {
              image: '111111111111.dkr.ecr.{region}.amazonaws.com/orders:2',
              scale: { max: 9 },
              environment: { LOG_LEVEL: 'warn', ONLY_HERE: 'a "b"' },
              secrets: { TOKEN: '{environment}/{region}:key', ONLY_HERE_TOO: '/only/{environment}' },
            },
          },
        },
      },
    })
    const ours = (name: string): string[] =>
      deploy(from, name).parameter_overrides.filter((each: string) => /^(Orders|Environment)/.test(each))
    expect(ours('prod')).toEqual([
      'EnvironmentName="live"',
      'OrdersCpu="256"',
      'OrdersImage="111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders:2"',
      'OrdersMaxTasks="9"',
      'OrdersMemory="512"',
      'OrdersMinTasks="2"',
      'OrdersSecretOnlyHereToo="/only/live"',
      'OrdersSecretToken="live/eu-central-1"',
      'OrdersVariableLogLevel="warn"',
      'OrdersVariableOnlyHere="a \\"b\\""',
    ])
    expect(ours('dev')).toEqual([
      'EnvironmentName="dev"',
      'OrdersCpu="256"',
      'OrdersImage=""',
      'OrdersMaxTasks="4"',
      'OrdersMemory="512"',
      'OrdersMinTasks="2"',
      'OrdersSecretOnlyHereToo=""',
      'OrdersSecretToken="token"',
      'OrdersVariableLogLevel="info"',
      'OrdersVariableOnlyHere=""',
    ])
  })

  test.each([
    [['dev'], 'dev'],
    [['prod', 'dev'], 'dev or prod'],
    [['a', 'b', 'c', 'd'], 'a, b, c or another one'],
  ])('are to be chosen, of %j: without one there is nothing to deploy', (names, choice) => {
    const from = delivered({ environments: Object.fromEntries(names.map((name) => [name, { region: 'eu-west-1' }])) })
    expect(read(from)['default']).toEqual({
      deploy: {
        parameters: { template_file: `choose an environment: sam deploy --config-env ${choice}`, stack_name: 'shop' },
      },
      package: { parameters: { template_file: 'templates/template.yaml', resolve_s3: true } },
      validate: { parameters: { template_file: 'templates/template.yaml', lint: true } },
    })
  })

  test('are not needed: without any, the default is the application, in the region of the shell', () => {
    const from = delivered({ domain: { name: 'api.example.com', zone: { id: 'Z0123456789ABCDEFGHIJ' } } })
    expect(deploy(from, 'default')).toMatchObject({
      template_file: 'templates/template.yaml',
      stack_name: 'shop',
      parameter_overrides: expect.arrayContaining(['DomainName="api.example.com"', 'OrdersMinTasks="2"']),
    })
    expect(deploy(from, 'default')).not.toHaveProperty('region')
  })

  test('one called default is the default, once', () => {
    const from = delivered({ environments: { default: { region: 'eu-west-1', parameters: { OrdersMinTasks: 1 } } } })
    expect(deploy(from, 'default')).toMatchObject({ region: 'eu-west-1', stack_name: 'shop' })
  })

  test('values with quotes and backslashes survive', () => {
    const domain = { name: 'api.example.com', zone: { id: 'Z0123456789ABCDEFGHIJ' } }
    const value = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:2'
    const from = delivered({
      domain,
      environments: { dev: { region: 'eu-west-1', parameters: { OrdersImage: value } } },
    })
    expect(deploy(from, 'dev').parameter_overrides).toContain(`OrdersImage="${value}"`)
  })
})

test('names every parameter that an earlier deployment may have been given, or says that nothing means the default', () => {
  const from = delivered(everything)
  const { Parameters } = readTemplate(from.text('templates/template.yaml'))
  const images = Object.keys(Parameters).filter((name) => name.endsWith('Image'))
  expect(images.length).toBeGreaterThan(0)
  const written = (name: string): string[] =>
    deploy(from, name).parameter_overrides.map((each: string) => each.slice(0, each.indexOf('=')))
  for (const name of ['prod', 'dev']) expect(written(name)).toEqual(expect.arrayContaining(images))
})
