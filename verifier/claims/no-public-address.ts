/** Load balancers are internal, tasks have no public address. */
import { loadBalancerType, schemeOf } from '../facts/load-balancers.ts'
import { hasOwnInterface, publicAddress, serviceType } from '../facts/services.ts'
import { textOf } from '../resolve/value.ts'
import { type Claim, hop } from './judgement.ts'
import { isApplicationLike } from './targets.ts'

export const noPublicAddress: Claim = {
  id: 'no-public-address',
  targets: [loadBalancerType, serviceType],
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
    if (hasOwnInterface(facts, target) !== true) {
      judgement.doubt(
        facts.get(target, 'NetworkConfiguration').kind === 'none'
          ? facts.get(target, 'TaskDefinition')
          : facts.get(target, 'NetworkConfiguration'),
        'value',
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
