// What verify prints to settle what it left open: each is true, and can be followed.
import { describe, expect, test } from '@jest/globals'
import type { ClaimReport } from '../../verifier/index.ts'
import { add, both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const settles = ({ unknowns }: ClaimReport): readonly string[] => (unknowns ?? []).map(({ settle }) => settle)

describe('a word that AWS does not take is answered with those that it takes', () => {
  test.each([
    ['no-public-address', 'LoadBalancer.Properties.Scheme', 'INTERNAL', 'internal or internet-facing'],
    ['no-public-address', 'LoadBalancer.Properties.Scheme', 'internal ', 'internal or internet-facing'],
    ['no-bypass', 'Api.Properties.DisableExecuteApiEndpoint', 'on', 'true or false'],
    ['no-bypass', 'Api.Properties.DisableExecuteApiEndpoint', 1, 'true or false'],
    ['no-side-door', 'Service.Properties.EnableExecuteCommand', 'yes', 'true or false'],
    ['way-in-exists', 'Stage.Properties.AutoDeploy', 'y', 'true or false'],
    ['way-in-exists', 'Domain.Properties.RoutingMode', 'RULES', 'API_MAPPING_ONLY or'],
  ])('%s %s %s', (id, path, value, words) => {
    const edits = [put(path, value), put('Api.Properties.DisableExecuteApiEndpoint', true)]
    const found = claim(id, path.startsWith('Api.') ? put(path, value) : both(...edits))
    expect(found).toMatchObject({ verdict: 'undecided' })
    expect(settles(found)).toEqual([expect.stringContaining(words)])
    expect(settles(found)).toEqual([expect.stringContaining(`in the place of '${value}'`)])
  })

  test('a parameter is asked for by its name', () => {
    const found = claim('no-bypass', both(put('Api.Properties.DisableExecuteApiEndpoint', { Ref: 'Given' }), free()))
    expect(settles(found)).toEqual(['--parameter Given=VALUE'])
  })
})

describe('a mapping to a domain that is there already can be declared', () => {
  const mapping = (DomainName: Json): Edit =>
    add({
      Second: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId: { Ref: 'Api' }, DomainName, Stage: { Ref: 'Stage' } },
      },
    })
  const named = both(free({ Default: 'api.example.com' }), put('Domain.Properties.DomainName', { Ref: 'Given' }))
  const byRule = (DomainNameArn: Json): Edit =>
    add({
      Second: {
        Type: 'AWS::ApiGatewayV2::RoutingRule',
        Properties: {
          DomainNameArn,
          Priority: 1,
          Conditions: [],
          Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } } }],
        },
      },
    })
  const flag = '--allow second-domain:Second'
  test.each([
    ['a name', both(named, mapping('other.example.com'))],
    ['a name beside a written one', mapping('other.example.com')],
    ['a rule by an ARN', byRule('arn:aws:apigateway:eu-west-1::/domainnames/other.example.com')],
  ])('by %s', (_, edit) => {
    const found = claim('no-bypass', edit)
    expect(found.verdict).not.toBe('proved')
    expect([...settles(found), found.remedy ?? ''].join()).toContain(flag)
    expect(claim('no-bypass', edit, { allow: [{ door: 'second-domain', name: 'Second' }] }).verdict).toBe('proved')
  })
})

describe('no key of the program is printed', () => {
  const opening: Edit = add({
    Opening: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Condition: 'IsOpen',
      Properties: {
        GroupId: { Ref: 'BalancerGroup' },
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: '0.0.0.0/0',
      },
    },
  })
  test.each([
    ['a joined list', { 'Fn::Join': ['', { Ref: 'AWS::NotificationARNs' }] }, 'AWS::NotificationARNs'],
    ['an item', { 'Fn::Select': ['0', { Ref: 'AWS::NotificationARNs' }] }, 'AWS::NotificationARNs'],
    ['a stored value', '{{resolve:ssm:/a/b}}', '/a/b'],
  ])('for a comparison with %s', (_, value, name) => {
    const when = (template: Json): void => {
      template.Conditions = { ...template.Conditions, IsOpen: { 'Fn::Equals': [value, 'x'] } }
    }
    const found = claim('sole-entrance', both(opening, when))
    expect(found).toMatchObject({ verdict: 'undecided' })
    const text = [found.because, ...(found.unknowns ?? []).map((each) => each.name)].join()
    expect(text).toContain(name)
    expect(text).not.toMatch(/==|\?"|\?[A-Z]|t\.json:|Fn::/)
  })

  test('for an action of which a part is not known', () => {
    const Statement = { Effect: 'Allow', Action: { 'Fn::Sub': '${Given}:*' }, Resource: '*' }
    const User = {
      Type: 'AWS::IAM::User',
      Properties: { Policies: [{ PolicyName: 'a', PolicyDocument: { Statement } }] },
    }
    const found = claim('no-side-door', both(free(), add({ User })))
    expect(found).toMatchObject({ verdict: 'undecided' })
    expect(found.because).not.toContain('\uFFFD')
    expect(found.because).toContain('...:*')
  })
})
