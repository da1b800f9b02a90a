import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { externalGroup } from '../parameters/service.ts'
import type { WrittenService } from '../task/written.ts'
import { type Fronted, frontedOf } from './fronted.ts'

/** What somebody else runs, behind the load balancer. */
export type External = Fronted & {
  /** The security group that its targets have. */
  readonly group: Parameter
  readonly targetType: 'ip' | 'instance'
}

type Written = WrittenService & {
  readonly external: NonNullable<WrittenService['external']>
  readonly port: number
}

export const externalOf = (key: string, service: Written, rules: readonly ListenerRule[]): External => {
  const fronted = frontedOf(key, service, rules)
  const { securityGroup, targets } = service.external
  return { ...fronted, group: externalGroup({ kind: 'Service', ...fronted }, securityGroup), targetType: targets }
}
