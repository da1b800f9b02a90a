/** VPC links: who makes them, which groups they carry, and where those of the first generation lead. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { piecesOf, type Value } from '../resolve/value.ts'
import { type Carried, carriedGroups } from './groups.ts'
import { loadBalancerType } from './load-balancers.ts'

export const linkType = 'AWS::ApiGatewayV2::VpcLink'
/** It belongs to a network load balancer, https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html */
export const firstLinkType = 'AWS::ApiGateway::VpcLink'

/** Links of the second generation, in any world. */
export const linksOf = (facts: Facts): readonly Resource[] => facts.candidates(linkType)

export const groupsOfLink = (facts: Facts, link: Resource): Carried =>
  carriedGroups(facts, facts.get(link, 'SecurityGroupIds'), facts.get(link, 'SubnetIds'))

/** Groups that a link may carry, in any world. */
export const linkGroupResources = (facts: Facts): Resource[] =>
  facts.candidates('AWS::EC2::SecurityGroup').filter((group) =>
    linksOf(facts).some((link) => {
      const names = facts.around.names.get(link.key)
      return names === 'all' || (names?.has(group.key) ?? false)
    }),
  )

/** The link that a value is. */
export const linkIn = (facts: Facts, value: Value): Resource | undefined =>
  resourceOf(facts, value, linkType, firstLinkType)

/** Load balancers of a link of the first generation. */
export const balancersOfLink = (facts: Facts, link: Resource): Resource[] =>
  link.type === firstLinkType
    ? piecesOf(facts.get(link, 'TargetArns')).flatMap((value) => resourceOf(facts, value, loadBalancerType) ?? [])
    : []
