import type { Rule } from '../rule.ts'

export const linkWithLoadBalancer: Rule = {
  id: 'PC333',
  title: 'An existing VPC link leads to a load balancer of our own',
  why: 'of a link and a load balancer that both exist already, the templates show no side, so nothing could be proved of the way between them',
  check: ({ api, loadBalancer, platform }) =>
    platform !== undefined || api.link.kind === 'new' || loadBalancer.kind === 'new'
      ? []
      : [
          {
            path: ['api', 'vpcLink'],
            at: 'key',
            also: ['loadBalancer', 'existing'],
            message: 'an existing VPC link to an existing load balancer is not supported yet',
            remedy: 'remove the key: a new link reaches an existing load balancer',
          },
        ],
}
