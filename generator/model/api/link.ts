import type { Config } from '../../config/schema/index.ts'
import { vpcLinkId, vpcLinkSecurityGroup } from '../parameters/api.ts'
import type { Parameter } from '../parameters/parameter.ts'

/** Through what requests come into the VPC. */
export type Link =
  | { readonly kind: 'new' }
  /** Somebody else's, by id. */
  | { readonly kind: 'existing'; readonly id: Parameter; readonly group: Parameter }

export const linkOf = (written: Config['api']['vpcLink']): Link =>
  written === undefined
    ? { kind: 'new' }
    : { kind: 'existing', id: vpcLinkId(written.id), group: vpcLinkSecurityGroup(written.securityGroup) }

export const linkParameters = (link: Link): Parameter[] => (link.kind === 'existing' ? [link.id, link.group] : [])
