import type { Config } from '../../config/schema/index.ts'
import { hostedZoneId, hostedZoneRoleArn } from '../parameters/domain.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type Zone = {
  readonly id?: string
  readonly name?: string
  readonly role?: { readonly arn: string; readonly externalId?: string; readonly organization?: string }
}

/** How DNS records come into being. */
export type Records =
  /** By CloudFormation, in a zone of this account. */
  | { readonly kind: 'route53'; readonly hostedZoneId: Parameter }
  /** By our function, through a role in the account of the zone. */
  | {
      readonly kind: 'zone-role'
      readonly hostedZoneId: Parameter
      readonly roleArn: Parameter
      readonly externalId?: string
    }
  /** By people, where DNS lives. */
  | { readonly kind: 'by-hand' }

/** Nothing when DNS lives elsewhere. */
export const zoneOf = (zone: Config['domain']['zone']): Zone | undefined => {
  if (zone === undefined) return {}
  if (zone === 'manual') return undefined
  const { id, name, role, externalId, organization } = zone
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(role === undefined
      ? {}
      : {
          role: {
            arn: role,
            ...(externalId === undefined ? {} : { externalId }),
            ...(organization === undefined ? {} : { organization }),
          },
        }),
  }
}

export const recordsOf = (zone: Zone | undefined, ownCertificate: boolean): Records => {
  if (zone === undefined) return { kind: 'by-hand' }
  const purpose = ownCertificate ? 'the API' : 'the certificate'
  const { id, role } = zone
  if (role === undefined) return { kind: 'route53', hostedZoneId: hostedZoneId(id, 'here', purpose) }
  return {
    kind: 'zone-role',
    hostedZoneId: hostedZoneId(id, 'elsewhere', purpose),
    roleArn: hostedZoneRoleArn(role.arn),
    ...(role.externalId === undefined ? {} : { externalId: role.externalId }),
  }
}
