import { linkParameters } from '../../model/api/link.ts'
import type { ExistingNetwork } from '../../model/network/network.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { Rule } from '../rule.ts'
import { strangers } from './in-place.ts'

export const existingInPlace: Rule = {
  id: 'PC208',
  title: 'An existing VPC, its subnets, security groups and VPC link are in one region and account only',
  why: 'an id means nothing in another region or account, so the deployment there would fail',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resources.html',
  check: ({ network, loadBalancer, externals, api, targets, platform }) =>
    network.kind === 'new' || platform !== undefined
      ? []
      : strangers(
          targets,
          [
            ...existingParts(network),
            ...(loadBalancer.kind === 'existing' ? [loadBalancer.listener, loadBalancer.group] : []),
            ...externals.map(({ group }) => group),
            ...linkParameters(api.link),
          ],
          {
            at: ['network', 'existing'],
            remedy: 'list the accounts, and give each its own ids in overrides',
          },
        ),
}

const existingParts = ({ vpc, subnets, egress }: ExistingNetwork): Parameter[] => [
  vpc,
  ...subnets,
  ...(egress.kind === 'existing-endpoints' ? [egress.group] : []),
]
