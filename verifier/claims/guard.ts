/** Resources that the model does not know, and that name something protected, keep the answer open. */

import { httpApis, restApis } from '../facts/apis.ts'
import { isOwn } from '../facts/certificates.ts'
import type { Facts } from '../facts/facts.ts'
import { isUnderstood } from '../facts/known-types.ts'
import { loadBalancerType } from '../facts/load-balancers.ts'
import { runsTasks } from '../facts/services.ts'
import { carriers } from '../network/groups.ts'
import type { Resource, Stack } from '../resolve/program.ts'
import type { Origin, Value } from '../resolve/value.ts'
import { hop, type Judgement } from './judgement.ts'

const nested = new Set(['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'])

const group = ['AWS::EC2::SecurityGroup']
const listener = ['AWS::ElasticLoadBalancingV2::Listener']
const routeTable = ['AWS::EC2::RouteTable']

/** Properties by which a resource belongs to another, and the types of that one. */
const belonging: readonly (readonly [type: string, property: string, holders: readonly string[]])[] = [
  ['AWS::ApiGateway::Method', 'RestApiId', restApis],
  ['AWS::ApiGatewayV2::ApiMapping', 'ApiId', httpApis],
  ['AWS::ApiGatewayV2::Integration', 'ApiId', httpApis],
  ['AWS::ApiGatewayV2::Route', 'ApiId', httpApis],
  ['AWS::EC2::Route', 'RouteTableId', routeTable],
  ['AWS::EC2::SecurityGroupEgress', 'GroupId', group],
  ['AWS::EC2::SecurityGroupIngress', 'GroupId', group],
  ['AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId', routeTable],
  ['AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', [loadBalancerType]],
  ['AWS::ElasticLoadBalancingV2::ListenerCertificate', 'ListenerArn', listener],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', listener],
  ...Object.entries(carriers).flatMap(([type, paths]) => paths.map((path) => [type, path, group] as const)),
]

/**
 * Something that may belong to a protected resource: chosen by a function that is not known here, or left to a
 * parameter or import in one template while the protected resource is in another that is given with it.
 */
function ambiguous(facts: Facts, judgement: Judgement, guarded: readonly Resource[]): void {
  const { byType, mentions, program } = facts.around
  const isAlone = program.stacks.filter(({ parent }) => !parent).length < 2
  for (const [type, property, holders] of belonging)
    for (const resource of byType.get(type) ?? []) {
      const eligible = guarded.filter((each) => holders.includes(each.type))
      const named = eligible.filter(({ key }) => mentions.get(resource.key)?.has(key))
      const elsewhere = isAlone ? [] : eligible.filter((each) => rootOf(each.stack) !== rootOf(resource.stack))
      if ((named.length === 0 && elsewhere.length === 0) || !facts.exists(resource)) continue
      for (const value of unknownsIn(facts.get(resource, property))) {
        const chosen = named.find(({ key }) => mayBe(value.key, key))
        const holder = chosen ?? (value.origins.some(isLeftOpen) ? elsewhere[0] : undefined)
        if (!holder) continue
        const because = `whether ${resource.id} belongs to ${holder.id} is not known`
        const path = [hop(facts, resource, `perhaps of ${holder.id}`), hop(facts, holder)]
        if (chosen) judgement.gap(resource.id, '--parameter NAME=VALUE for the parameters in its choice', because, path)
        else judgement.doubt(value, 'value', because, path)
      }
    }
}

const rootOf = (stack: Stack): Stack => (stack.parent ? rootOf(stack.parent.stack) : stack)

const isLeftOpen = ({ kind }: Origin): boolean => kind === 'parameter' || kind === 'import' || kind === 'dynamic'

function unknownsIn(value: Value): (Value & { kind: 'unknown' })[] {
  if (value.kind === 'unknown') return [value]
  if (value.kind === 'list') return value.items.flatMap(unknownsIn)
  return value.kind === 'map' ? [...value.entries.values()].flatMap(unknownsIn) : []
}

/** A key holds the reference, or says nothing of what it holds. */
const mayBe = (key: string, resource: string): boolean =>
  key.includes(`<${resource}>`) ||
  key.includes(`<${resource}.`) ||
  key.startsWith('import ') ||
  /^[^(]*:\d+\./.test(key)

export function guard(facts: Facts, judgement: Judgement, guarded: readonly Resource[]): void {
  ambiguous(facts, judgement, guarded)
  const { program, mentions, declarations } = facts.around
  for (const resource of program.resources.values()) {
    if (isUnderstood(resource.type)) continue
    if (nested.has(resource.type) && resource.stack.children.has(resource.id)) continue
    const named = guarded.find(({ key }) => mentions.get(resource.key)?.has(key))
    if (!named || !facts.exists(resource) || isOwn(facts, resource) || runsTasks(facts, resource)) continue
    if (declarations.assume.get(`${resource.id}.ingress`)?.includes('none')) {
      judgement.assume(`${resource.id}.ingress=none, as declared`)
      continue
    }
    const settle = nested.has(resource.type)
      ? `name the file of ${resource.id} by a local path`
      : `--assume ${resource.id}.ingress=none`
    judgement.gap(
      resource.id,
      settle,
      `${resource.id} (${resource.type}) names ${named.id}, and what it does with it is not known here`,
      [hop(facts, resource, `names ${named.id}`), hop(facts, named)],
    )
  }
}
