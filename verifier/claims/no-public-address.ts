/** Load balancers are internal, tasks have no public address. */
import type { Claim } from '../judge/claim.ts'
import { hop, inFile } from '../judge/judgement.ts'
import { hasInterface } from '../obligations/interface.ts'
import { isApplicationLike } from '../obligations/kind.ts'
import { allRead, nothingUnread, propertiesRead } from '../obligations/unread.ts'
import { expressType } from '../relations/ecs-gateways.ts'
import { isGround } from '../relations/ground.ts'
import { hasNoScheme, loadBalancerType, schemeOf } from '../relations/load-balancers.ts'
import { publicAddress, runsTasks, taskTypes } from '../relations/tasks.ts'

export const noPublicAddress: Claim = {
  id: 'no-public-address',
  title: 'Load balancers are internal, tasks have no public address',
  about: 'each load balancer and each service',
  text: 'The load balancer is internal; tasks get no public address.',
  targets: [loadBalancerType, ...taskTypes, expressType],
  judge: (judgement, target) => {
    const { facts } = judgement
    const path = (via: string) => [{ node: 'internet', via }, hop(facts, target)]
    if (target.type === loadBalancerType) {
      if (!isApplicationLike(judgement, target)) return false
      const scheme = schemeOf(facts, target)
      if ('unknown' in scheme)
        judgement.doubt(
          scheme.unknown,
          'value',
          `whether ${target.id} is internal is not known`,
          path('perhaps a public address'),
        )
      else if (scheme.known === 'internal')
        judgement.reason(`${target.id} is internal (${inFile(facts.place(target))})`)
      else
        judgement.refute(
          hasNoScheme(facts, target)
            ? `${target.id} has no Scheme, and the default is internet-facing`
            : `${target.id} is internet-facing`,
          path('a public address'),
          'write Scheme: internal',
        )
      // The scheme never changes after creation.
      propertiesRead(judgement, [target])
      allRead(judgement, isGround)
      return true
    }
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html
    if (target.type === expressType) {
      judgement.gap(
        target.id,
        'opens',
        `AWS makes a load balancer for ${target.id}, which is internet-facing unless all its subnets are private`,
        path('perhaps a public address'),
      )
      return true
    }
    if (!runsTasks(facts, target)) return false
    const hosts = `the tasks of ${target.id} have no known network interface of their own, so their host's address counts`
    if (!hasInterface(judgement, target, hosts, path('the address of the container instance'))) return true
    const assign = publicAddress(facts, target)
    if ('unknown' in assign)
      judgement.doubt(
        assign.unknown,
        'value',
        `whether the tasks of ${target.id} get public addresses is not known`,
        path('perhaps a public address'),
      )
    else if (assign.known === 'DISABLED') judgement.reason(`the tasks of ${target.id} get no public address`)
    else
      judgement.refute(
        `the tasks of ${target.id} get public addresses`,
        path('AssignPublicIp: ENABLED'),
        'write AssignPublicIp: DISABLED',
      )
    nothingUnread(judgement, [target])
    allRead(judgement, isGround)
    return true
  },
}
