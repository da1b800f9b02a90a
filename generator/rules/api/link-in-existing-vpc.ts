import type { Rule } from '../rule.ts'

export const linkInExistingVpc: Rule = {
  id: 'PC331',
  title: 'An existing VPC link is in an existing VPC',
  why: 'a VPC link leads into the VPC of its own subnets only, so it cannot reach a load balancer in a new one',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  check: ({ api, network }) =>
    api.link.kind === 'new' || network.kind === 'existing'
      ? []
      : [
          {
            path: ['api', 'vpcLink'],
            at: 'key',
            message: 'the VPC link exists already, and the VPC does not',
            remedy: 'add network.existing, the VPC of the link, or remove the key for a new link',
          },
        ],
}
