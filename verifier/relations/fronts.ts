/** What sends requests or packets on to a load balancer or to tasks, apart from an API. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt } from '../facts/identity.ts'
import { mayName } from '../resolve/names.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'
import {
  forwardsOf,
  inFrontOf,
  listenersOf,
  loadBalancerType,
  portOf,
  targetGroupType,
  targetsOfGroup,
} from './load-balancers.ts'
import { containerPorts, targetGroupsOf } from './tasks.ts'
import { valuesAt } from './values-at.ts'

export type Front = {
  readonly by: Resource
  readonly answer: Answer
  /** To which it sends; undefined for one that is not known. */
  readonly ports: readonly (number | undefined)[]
}

/** Types that bring the internet to what they name, and where they name it. */
const carriersOfInternet: Readonly<Record<string, readonly string[]>> = {
  'AWS::GlobalAccelerator::EndpointGroup': ['EndpointConfigurations.EndpointId'],
  'AWS::CloudFront::VpcOrigin': ['VpcOriginEndpointConfig.Arn'],
  'AWS::EC2::VerifiedAccessEndpoint': [
    'LoadBalancerOptions.LoadBalancerArn',
    'NetworkInterfaceOptions.NetworkInterfaceId',
  ],
}

/** Gateways, not load balancers, through which the internet may come to it. */
export const gatewaySources = (facts: Facts): readonly Resource[] =>
  facts.candidates(...Object.keys(carriersOfInternet))

/**
 * Without an internet gateway at the VPC these lead nowhere:
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export const needsInternetGateway = ({ type }: Resource): boolean =>
  type === 'AWS::GlobalAccelerator::EndpointGroup' || type === 'AWS::CloudFront::VpcOrigin'

export function leadsToTarget(facts: Facts, gateway: Resource, target: Resource): Answer {
  const values = (carriersOfInternet[gateway.type] ?? []).flatMap((path) => valuesAt(facts, gateway, path))
  const answers = values.map((value) => isIt(facts, value, target.key))
  return (
    answers.find(({ is }) => is === 'yes') ??
    answers.find(({ is }) => is === 'maybe') ??
    answers[0] ?? { is: 'no', because: 'nothing is named' }
  )
}

/** Load balancers that stand in front of tasks, or of another load balancer. */
export function balancersBefore(facts: Facts, target: Resource): readonly Front[] {
  if (target.type !== loadBalancerType) {
    const { known } = targetGroupsOf(facts, target)
    return known.flatMap((group): Front[] => {
      const found = inFrontOf(facts, group)
      const ports = containerPorts(facts, target, group)
      return [
        ...found.known.map((by): Front => ({ by, answer: { is: 'yes', because: 'the same resource' }, ports })),
        ...found.others.map(({ by, value }): Front => ({ by, answer: { is: 'maybe', value }, ports })),
      ]
    })
  }
  return facts
    .candidates(loadBalancerType)
    .filter((each) => each !== target && mayStandBefore(facts, target))
    .flatMap((by): Front[] => {
      if (!facts.exists(by)) return []
      const answers = sentTo(facts, by).map((value) => isIt(facts, value, target.key))
      const answer = answers.find(({ is }) => is === 'yes') ?? answers.find(({ is }) => is === 'maybe')
      return answer
        ? [{ by, answer, ports: listenersOf(facts, target).map((listener) => portOf(facts, listener)) }]
        : []
    })
}

/** In no world does one stand before it unless a target group may name it. */
const mayStandBefore = ({ around, candidates }: Facts, { key }: Resource): boolean =>
  candidates(targetGroupType).some((group) => mayName(around.names, group.key, key))

const sentTo = (facts: Facts, loadBalancer: Resource): readonly Value[] =>
  listenersOf(facts, loadBalancer)
    .flatMap((listener) => forwardsOf(facts, listener))
    .flatMap(({ group }) => (group ? targetsOfGroup(facts, group) : []))
