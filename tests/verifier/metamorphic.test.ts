// The same template said in another way has the same verdict, proved or refuted.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { type Report, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { without } from '../support/without.ts'

const text = readFileSync('templates/standalone.yaml', 'utf8')
const base: Json = readTemplate(text)
const own = codeOf(assets)

/** Proved, refuted in three ways, undecided. */
const variants: Readonly<Record<string, (template: Json) => void>> = {
  proved: () => {},
  'refuted by a group': (template) => {
    template.Resources.LoadBalancerIngressFromVpcLink.Properties.CidrIp = '10.20.0.0/16'
    delete template.Resources.LoadBalancerIngressFromVpcLink.Properties.SourceSecurityGroupId
  },
  'refuted by a route': (template) => {
    delete template.Resources.RouteGetOrders.Properties.AuthorizationType
  },
  'refuted by the scheme': (template) => {
    delete template.Resources.LoadBalancer.Properties.Scheme
  },
  undecided: (template) => {
    template.Parameters.P = { Type: 'String' }
    template.Resources.LoadBalancer.Properties.Scheme = { Ref: 'P' }
  },
}

/** Logical ID -> the same with `Renamed` before it, wherever it is referred to. */
function renamed(template: Json): Json {
  const ids = new Set(Object.keys(template.Resources))
  const name = (id: string): string => (ids.has(id) ? `Renamed${id}` : id)
  const inSub = (sub: string): string =>
    sub.replace(/\$\{([A-Za-z0-9]+)((?:\.[^}]*)?)\}/g, (_, id: string, rest: string) => `\${${name(id)}${rest}}`)
  const walk = (node: Json, key = ''): Json => {
    if (typeof node === 'string') return key === 'Ref' ? name(node) : key === 'Fn::Sub' ? inSub(node) : node
    if (Array.isArray(node)) {
      if (key === 'Fn::GetAtt') return [name(node[0]), ...node.slice(1)]
      if (key === 'Fn::Sub') return [inSub(node[0]), walk(node[1])]
      if (key === 'DependsOn') return node.map(name)
      return node.map((item) => walk(item))
    }
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(Object.entries(node).map(([each, value]) => [each, walk(value, each)]))
  }
  const walked = walk(template)
  return {
    ...walked,
    Resources: Object.fromEntries(Object.entries(walked.Resources).map(([id, resource]) => [name(id), resource])),
  }
}

const reordered = (node: Json): Json => {
  if (Array.isArray(node)) return node.map(reordered)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries(node)
      .reverse()
      .map(([key, value]) => [key, reordered(value)]),
  )
}

/** Every text of a property in an intrinsic that gives the same text. */
const wrapped =
  (wrap: (value: string, index: number) => Json) =>
  (template: Json): Json => {
    let index = 0
    const walk = (node: Json): Json => {
      if (typeof node === 'string') return node.includes('${') || node === '' ? node : wrap(node, index++)
      if (Array.isArray(node)) return node.map(walk)
      if (node === null || typeof node !== 'object') return node
      const keys = Object.keys(node)
      if (keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::'))) return node
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]))
    }
    return {
      ...template,
      Conditions: { ...template.Conditions, IsAlways: { 'Fn::Equals': ['a', 'a'] } },
      Resources: Object.fromEntries(
        Object.entries<Json>(template.Resources).map(([id, resource]) => {
          // The function's own code is compared byte for byte, and that of an inline rule has nothing to wrap.
          const isFunction = resource.Type === 'AWS::Lambda::Function'
          return [id, isFunction ? resource : { ...resource, Properties: walk(resource.Properties ?? {}) }]
        }),
      ),
    }
  }

const byParameters = (template: Json): Json => {
  const Parameters: Json = { ...template.Parameters }
  const changed = wrapped((value, index) => {
    Parameters[`Wrapped${index}`] = { Type: 'String', AllowedValues: [value] }
    return { Ref: `Wrapped${index}` }
  })(template)
  return { ...changed, Parameters }
}

/** Rules inside their groups instead of separate, where that makes no cycle. */
const inlined = (template: Json): Json => {
  const Resources: Json = structuredClone(template.Resources)
  for (const [id, { Type, Properties }] of Object.entries<Json>(template.Resources)) {
    const section = { 'AWS::EC2::SecurityGroupIngress': 'SecurityGroupIngress' }[Type as string]
    const group = Properties?.GroupId?.['Fn::GetAtt']?.[0]
    if (!section || !group) continue
    const { GroupId: _, ...rule } = Properties
    Resources[group].Properties[section] = [...(Resources[group].Properties[section] ?? []), rule]
    without(Resources, id)
  }
  return { ...template, Resources }
}

/** The whole template as a stack in a stack, its parameters handed through. */
const rewrites: Readonly<Record<string, (template: Json) => Json>> = {
  'other logical IDs': renamed,
  'another order': reordered,
  'texts in Fn::Sub': wrapped((value) => ({ 'Fn::Sub': value })),
  'texts in Fn::Join': wrapped((value) => ({ 'Fn::Join': ['', [value.slice(0, 1), value.slice(1)]] })),
  'texts in Fn::Select': wrapped((value) => ({ 'Fn::Select': [1, ['x', value]] })),
  'texts behind a condition that always holds': wrapped((value) => ({
    'Fn::If': ['IsAlways', value, 'internet-facing'],
  })),
  'texts as parameters with one value': byParameters,
  'inline rules': inlined,
}

const judge = (template: Json): Report =>
  verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    ownFunctions: own,
  })

/** Verdict of each claim, whatever its targets are called. */
const verdicts = (report: Report): string[] => report.claims.map(({ id, verdict }) => `${id} ${verdict}`).sort()

test.each(
  Object.keys(variants).flatMap((variant) => Object.keys(rewrites).map((rewrite) => [variant, rewrite] as const)),
)('%s stays so with %s', (variant, rewrite) => {
  const template = structuredClone(base)
  variants[variant]?.(template)
  const before = judge(template)
  expect(before.verdict).toBe(variant.split(' ')[0])
  const after = rewrites[rewrite]?.(structuredClone(template))
  expect(JSON.stringify(after)).not.toBe(JSON.stringify(template))
  expect(verdicts(judge(after))).toEqual(verdicts(before))
})

test.each(Object.keys(variants))('%s stays so as a stack in a stack', (variant) => {
  const template = structuredClone(base)
  variants[variant]?.(template)
  const outer = {
    Parameters: template.Parameters,
    Resources: {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: './inner.json',
          Parameters: Object.fromEntries(
            Object.entries<Json>(template.Parameters).map(([name, { Type }]) => [
              name,
              Type === 'CommaDelimitedList' ? { 'Fn::Join': [',', { Ref: name }] } : { Ref: name },
            ]),
          ),
        },
      },
    },
  }
  const report = verify({
    templates: [{ path: 'outer.json', text: JSON.stringify(outer) }],
    readFile: (path) => (path === 'inner.json' ? JSON.stringify(template) : undefined),
    ownFunctions: own,
  })
  expect(verdicts(report)).toEqual(verdicts(judge(template)))
})

test('a stack in a stack whose parameters cannot be read is not proved', () => {
  const template = structuredClone(base)
  const outer = {
    Conditions: { Some: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
    Resources: {
      Inner: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: './inner.json', Parameters: { 'Fn::If': ['Some', {}, { VpcCidr: '10.0.0.0/16' }] } },
      },
    },
  }
  template.Resources.LoadBalancer.Properties.Scheme = { Ref: 'VpcCidr' }
  const { verdict } = verify({
    templates: [{ path: 'outer.json', text: JSON.stringify(outer) }],
    readFile: (path) => (path === 'inner.json' ? JSON.stringify(template) : undefined),
    ownFunctions: own,
  })
  expect(verdict).toBe('undecided')
})

test('YAML and JSON are the same', () => {
  const yaml = verify({ templates: [{ path: 't.yaml', text }], readFile: () => undefined, ownFunctions: own })
  expect(verdicts(yaml)).toEqual(verdicts(judge(base)))
})
