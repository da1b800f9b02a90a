/** Resources that the model does not know, and that name something protected, keep the answer open. */
import { isOwn } from '../facts/certificates.ts'
import type { Facts } from '../facts/facts.ts'
import { isUnderstood } from '../facts/known-types.ts'
import { runsTasks } from '../facts/services.ts'
import type { Resource } from '../resolve/program.ts'
import { hop, type Judgement } from './judgement.ts'

const nested = new Set(['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'])

/** Properties by which a resource belongs to another. */
const belonging: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Method': 'RestApiId',
  'AWS::ApiGatewayV2::ApiMapping': 'ApiId',
  'AWS::ApiGatewayV2::Integration': 'ApiId',
  'AWS::ApiGatewayV2::Route': 'ApiId',
  'AWS::EC2::Route': 'RouteTableId',
  'AWS::EC2::SecurityGroupEgress': 'GroupId',
  'AWS::EC2::SecurityGroupIngress': 'GroupId',
  'AWS::EC2::SubnetRouteTableAssociation': 'RouteTableId',
  'AWS::ElasticLoadBalancingV2::Listener': 'LoadBalancerArn',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': 'ListenerArn',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'ListenerArn',
}

/** Something that may belong to a protected resource, chosen by a function that is not known here. */
function ambiguous(facts: Facts, judgement: Judgement, guarded: readonly Resource[]): void {
  const { byType, mentions } = facts.around
  for (const [type, property] of Object.entries(belonging))
    for (const resource of byType.get(type) ?? []) {
      const named = guarded.filter(({ key }) => mentions.get(resource.key)?.has(key))
      if (named.length === 0 || !facts.exists(resource)) continue
      const value = facts.get(resource, property)
      const holder = value.kind === 'unknown' ? named.find(({ key }) => mayBe(value.key, key)) : undefined
      if (holder)
        judgement.gap(
          resource.id,
          '--parameter NAME=VALUE for the parameters in its choice',
          `whether ${resource.id} belongs to ${holder.id} is not known`,
          [hop(facts, resource, `perhaps of ${holder.id}`), hop(facts, holder)],
        )
    }
}

/** A key holds the reference, or says nothing of what it holds. */
const mayBe = (key: string, resource: string): boolean =>
  key.includes(`<${resource}>`) || key.includes(`<${resource}.`) || /^[^(]*:\d+\./.test(key)

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
