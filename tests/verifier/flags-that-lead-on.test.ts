// What keeps a claim open is settled by what is printed: followed again and again, it ends in proved or refuted.
import { describe, expect, test } from '@jest/globals'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const wordsOf = (flag: string): readonly string[] => {
  const [name = '', ...rest] = flag.split(' ')
  return [name, rest.join(' ').replace(/^'(.*)'$/s, '$1')]
}

/** Gives each VALUE the same text. */
function followed(
  id: string,
  edit: Edit,
  value: string,
): { readonly verdict: string; readonly asked: readonly string[] } {
  const asked: string[] = []
  for (let round = 0; round < 5; round++) {
    const found = claim(id, edit, declarationsOf(asked.flatMap((flag) => wordsOf(flag.replace('=VALUE', `=${value}`)))))
    const settles = found.unknowns?.map(({ settle }) => settle) ?? []
    if (found.verdict !== 'undecided') return { verdict: found.verdict, asked }
    const flags = settles.filter((settle) => settle.startsWith('--') && !asked.includes(settle))
    if (flags.length === 0) return { verdict: `undecided: ${settles.join('; ')}`, asked }
    asked.push(...flags)
  }
  return { verdict: 'undecided for ever', asked }
}

const parameters =
  (...names: readonly string[]): Edit =>
  (template) => {
    template.Parameters = { ...template.Parameters }
    for (const name of names) template.Parameters[name] = { Type: 'String' }
  }
const opening: Edit = add({
  In: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Condition: 'C',
    Properties: { GroupId: { Ref: 'BalancerGroup' }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
  },
})
const when =
  (C: Json): Edit =>
  (template) => {
    template.Conditions = { ...template.Conditions, C }
  }
const typed =
  (declaration: Json): Edit =>
  (template) => {
    template.Parameters = { ...template.Parameters, P: declaration }
  }

describe('a comparison that nothing decides', () => {
  const is = (one: Json, another: Json = 'x'): Edit => when({ 'Fn::Equals': [one, another] })
  const P = { Ref: 'P' }
  test.each<readonly [string, Edit, string]>([
    ['an import', is({ 'Fn::ImportValue': 'a' }), 'proved'],
    ['a stored value', is('{{resolve:ssm:/a}}'), 'proved'],
    ['a typed parameter', both(is(P), typed({ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' })), 'proved'],
    ['two parameters', both(is(P, { Ref: 'Q' }), parameters('P', 'Q')), 'refuted'],
    ['a parameter and an import', both(is(P, { 'Fn::ImportValue': 'a' }), parameters('P')), 'refuted'],
    ['a part of a parameter', both(is({ 'Fn::Select': [0, { 'Fn::Split': [',', P] }] }), parameters('P')), 'proved'],
    ['a joined text', both(is({ 'Fn::Sub': '${P}${Q}' }, 'xx'), parameters('P', 'Q')), 'proved'],
    ['a pattern of Java', both(is(P), typed({ Type: 'String', AllowedPattern: '[a-z&&[^b]]' })), 'proved'],
  ])('%s', (_, edit, other) => {
    const text = both(opening, edit)
    const first = claim('sole-entrance', text)
    expect(first.verdict).toBe('undecided')
    expect(first.unknowns?.map(({ settle }) => settle).join()).not.toContain('make')
    expect(followed('sole-entrance', text, 'x').verdict).toBe('refuted')
    // Two that are given the same are the same.
    expect(followed('sole-entrance', text, 'y').verdict).toBe(other)
  })

  test('an id that is none is asked for as an id', () => {
    const edit = both(opening, is(P), typed({ Type: 'AWS::EC2::VPC::Id' }))
    expect(followed('sole-entrance', edit, 'vpc-0123456789abcdef0')).toEqual({
      verdict: 'proved',
      asked: ['--parameter P=VALUE'],
    })
  })

  test('rules that rest on what nobody knows', () => {
    const edit = both(opening, is(P), typed({ Type: 'String', Default: 'a' }), (template) => {
      template.Rules = { R: { Assertions: [{ Assert: { 'Fn::Equals': [{ 'Fn::ImportValue': 'a' }, P] } }] } }
    })
    const found = claim('sole-entrance', edit)
    expect([found.verdict, found.unknowns?.map(({ settle }) => settle)]).toEqual([
      'undecided',
      ['--assume a.value=VALUE'],
    ])
    expect(followed('sole-entrance', edit, 'x').verdict).toBe('refuted')
    expect(followed('sole-entrance', edit, 'y').verdict).toBe('proved')
  })

  test('many parameters are asked for one after another', () => {
    const names = Array.from({ length: 7 }, (_, index) => `P${index}`)
    const pairs = names.map((name) => ({ 'Fn::Equals': [{ Ref: name }, { 'Fn::ImportValue': name }] }))
    const edit = both(opening, parameters(...names), when({ 'Fn::And': pairs }))
    const settles = claim('sole-entrance', edit).unknowns?.map(({ settle }) => settle) ?? []
    expect(settles.every((settle) => settle.startsWith('--'))).toBe(true)
  })
})

describe('an authorization that is not known', () => {
  const maps =
    (Mappings: Json): Edit =>
    (template) => {
      template.Mappings = Mappings
    }
  const M = { M: { x: { k: 'JWT' }, y: { k: 'NONE' } } }
  const found = (...keys: readonly Json[]): Json => ({ 'Fn::FindInMap': ['M', ...keys] })
  const type = (value: Json): Edit => put('Route.Properties.AuthorizationType', value)
  const custom = add({ Opener: { Type: 'Custom::Opener', Properties: { ServiceToken: 'x' } } })

  test.each<readonly [string, Edit, string]>([
    ['in a map under an import', both(maps(M), type(found({ 'Fn::ImportValue': 'a' }, 'k'))), 'x'],
    ['in a map under a stored value', both(maps(M), type(found('{{resolve:ssm:/a}}', 'k'))), 'x'],
    [
      'in a map under a part of a parameter',
      both(maps(M), parameters('P'), type(found({ 'Fn::Sub': '${P}' }, 'k'))),
      'x',
    ],
    [
      'in a map under a name that is put together',
      both(
        maps({ M: { ax: { k: 'JWT' }, ay: { k: 'NONE' } } }),
        parameters('P'),
        type(found({ 'Fn::Sub': 'a${P}' }, 'k')),
      ),
      'x',
    ],
    ['an import', type({ 'Fn::ImportValue': 'a' }), 'JWT'],
    ['a stored value', type('{{resolve:ssm:/a}}'), 'JWT'],
    ['what a program gives back', both(custom, type({ 'Fn::GetAtt': ['Opener', 'Type'] })), 'JWT'],
    [
      'the kind of the authorizer in a map',
      both(
        maps({ M: { x: { k: 'JWT' }, y: { k: 'REQUEST' } } }),
        parameters('P'),
        put('Authorizer.Properties.AuthorizerType', found({ Ref: 'P' }, 'k')),
      ),
      'x',
    ],
  ])('%s', (_, edit, closed) => {
    const settles = claim('authorized-routes', edit).unknowns?.map(({ settle }) => settle) ?? []
    if (claim('authorized-routes', edit).verdict === 'undecided') expect(settles.join()).not.toContain('--open-route')
    expect(followed('authorized-routes', edit, closed).verdict).toMatch(/proved|refuted/)
    const flags = settles.flatMap((flag) => wordsOf(flag.replace('=VALUE', `=${closed}`)))
    expect(claim('authorized-routes', edit, declarationsOf(flags)).verdict).toMatch(/proved|refuted/)
  })

  test.each<readonly [string, Edit]>([
    ['an import', put('Route.Properties.AuthorizerId', { 'Fn::ImportValue': 'a' })],
    ['a literal', put('Route.Properties.AuthorizerId', 'abc123')],
  ])('an authorizer from outside by %s is not asked for its value', (_, edit) => {
    const settles = claim('authorized-routes', edit).unknowns?.map(({ settle }) => settle)
    expect(settles).toEqual(["name an authorizer of the templates, or declare: --open-route 'Api:$default'"])
  })

  test('an authorizer by a parameter is asked for by it, and then named as one from outside', () => {
    const edit = both(parameters('P'), put('Route.Properties.AuthorizerId', { Ref: 'P' }))
    const settles = (flags: readonly string[]) =>
      claim('authorized-routes', edit, declarationsOf(flags)).unknowns?.map(({ settle }) => settle)
    expect(settles([])).toEqual(['--parameter P=VALUE'])
    expect(settles(['--parameter', 'P=abc123'])).toEqual([
      "name an authorizer of the templates, or declare: --open-route 'Api:$default'",
    ])
  })

  test('one of several authorizers is decided by the parameter that chooses', () => {
    const edit = both(parameters('P'), (template) => {
      const { Authorizer } = template.Resources
      template.Resources.Second = { ...Authorizer, Properties: { ...Authorizer.Properties, Name: 'second' } }
      template.Resources.Route.Properties.AuthorizerId = {
        'Fn::Select': [{ Ref: 'P' }, [{ Ref: 'Authorizer' }, { Ref: 'Second' }]],
      }
    })
    expect(followed('authorized-routes', edit, '1').verdict).toBe('proved')
    expect(claim('authorized-routes', edit, declarationsOf(['--parameter', 'P=1'])).verdict).toBe('proved')
  })
})
