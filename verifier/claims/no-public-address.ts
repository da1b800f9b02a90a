/** Load balancers are internal, tasks have no public address. */
import { loadBalancerType, schemeOf } from '../facts/load-balancers.ts'
import { hasOwnInterface, publicAddress, runsTasks, taskTypes } from '../facts/services.ts'
import { textOf } from '../resolve/value.ts'
import { type Claim, hop } from './judgement.ts'
import { doubtInterface, isApplicationLike } from './targets.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html */
const expressType = 'AWS::ECS::ExpressGatewayService'

export const noPublicAddress: Claim = {
  id: 'no-public-address',
  targets: [loadBalancerType, ...taskTypes, expressType],
  judge: (facts, judgement, target) => {
    const path = (via: string) => [{ node: 'internet', via }, hop(facts, target)]
    if (target.type === loadBalancerType) {
      if (isApplicationLike(facts, target) === false) return false
      const scheme = schemeOf(facts, target)
      const word = textOf(scheme)
      if (word === 'internal') judgement.reason(`${target.id} is internal (line ${facts.place(target).line})`)
      else if (word === 'internet-facing')
        judgement.refute(
          facts.get(target, 'Scheme').kind === 'none'
            ? `${target.id} has no Scheme, and the default is internet-facing`
            : `${target.id} is internet-facing`,
          path('a public address'),
          'write Scheme: internal',
        )
      else
        judgement.doubt(
          scheme,
          'value',
          `whether ${target.id} is internal is not known`,
          path('perhaps a public address'),
        )
      return true
    }
    if (target.type === expressType) {
      judgement.doubt(
        { kind: 'ref', resource: target.key },
        'ingress',
        `AWS makes a load balancer for ${target.id}, which is internet-facing unless all its subnets are private`,
        path('perhaps a public address'),
      )
      return true
    }
    if (!runsTasks(facts, target)) return false
    if (hasOwnInterface(facts, target) !== true) {
      doubtInterface(
        facts,
        judgement,
        target,
        `the tasks of ${target.id} have no known network interface of their own, so their host's address counts`,
        path('the address of the container instance'),
      )
      return true
    }
    const assign = publicAddress(facts, target)
    const word = textOf(assign)
    if (word === 'DISABLED') judgement.reason(`the tasks of ${target.id} get no public address`)
    else if (word === 'ENABLED')
      judgement.refute(
        `the tasks of ${target.id} get public addresses`,
        path('AssignPublicIp: ENABLED'),
        'write AssignPublicIp: DISABLED',
      )
    else
      judgement.doubt(
        assign,
        'value',
        `whether the tasks of ${target.id} get public addresses is not known`,
        path('perhaps a public address'),
      )
    return true
  },
}
