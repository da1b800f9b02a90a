/** Where a VPC link begins and ends, apart from groups and ports. */
import type { Hop } from '../judge/findings.ts'
import type { Judgement } from '../judge/judgement.ts'
import { httpApiType } from '../relations/apis.ts'
import { balancerNamedBy } from '../relations/listeners.ts'
import { subnetsOf } from '../relations/load-balancers.ts'
import { vpcOf } from '../relations/vpcs.ts'
import type { WayIn } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
export function namesListener(judgement: Judgement, { api, integration }: WayIn, path: readonly Hop[]): void {
  const named = balancerNamedBy(judgement.facts, integration)
  if (named && api.type === httpApiType)
    judgement.refute(
      `${integration.name} names the load balancer ${named.id}, where an HTTP API takes a listener`,
      path,
      `write the ARN of a listener of ${named.id} as its IntegrationUri`,
    )
}

/** Whether a link of the second generation, whose interfaces are in its subnets, is where the load balancer is. */
export function inOneVpc(
  judgement: Judgement,
  link: Resource | undefined,
  first: Resource,
  path: readonly Hop[],
): void {
  const { facts } = judgement
  if (link?.type !== 'AWS::ApiGatewayV2::VpcLink') return
  const [own, other] = [facts.get(link, 'SubnetIds'), subnetsOf(facts, first)].map((all) => vpcOf(facts, all).resource)
  if (own && other && own !== other)
    judgement.unsettled(
      link.id,
      `give ${link.id} subnets of ${other.id}`,
      `${link.id} is in ${own.id}, and ${first.id} in ${other.id}`,
      path,
    )
}
