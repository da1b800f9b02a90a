import { empty, type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Records } from '../../model/domain/zone.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { aliasRecord, aliasRecordIpv6, domainName, zoneRoleAliasRecord } from '../handles/api.ts'
import { policyOf } from '../handles/custom-resources.ts'
import { paramOf } from '../parameters.ts'
import { zoneRoleStatement } from '../zone-role.ts'
import { type Host, hosts } from './host.ts'

/** The names that clients use, each for IPv4 and IPv6. */
export const alias = (domain: Domain): Fragment => {
  const { alias: records } = domain
  switch (records?.kind) {
    case 'route53':
      return fragment(
        ...hosts(domain).flatMap((host) => [
          record(aliasRecord(host.id), 'A', host, records),
          record(aliasRecordIpv6(host.id), 'AAAA', host, records),
        ]),
      )
    case 'zone-role':
      return merge(...hosts(domain).map((host) => throughZoneRole(host, records)))
    default:
      return empty
  }
}

type In<Kind> = Extract<Records, { kind: Kind }>

const record = (
  target: Handle<'AWS::Route53::RecordSet'>,
  type: 'A' | 'AAAA',
  { id, name }: Host,
  { hostedZoneId }: In<'route53'>,
): Entry =>
  resource(target, {
    HostedZoneId: paramOf(hostedZoneId),
    Name: name,
    Type: type,
    AliasTarget: {
      DNSName: getAtt(domainName(id), 'RegionalDomainName'),
      HostedZoneId: getAtt(domainName(id), 'RegionalHostedZoneId'),
      EvaluateTargetHealth: false,
    },
  })

const throughZoneRole = ({ id, name }: Host, { hostedZoneId, roleArn, externalId }: In<'zone-role'>): Fragment => {
  const target = zoneRoleAliasRecord(id)
  return fragment(
    policyFor(target, policyOf(target), [zoneRoleStatement(roleArn)]),
    customResource(
      target,
      {
        HostedZoneId: paramOf(hostedZoneId),
        HostedZoneRoleArn: paramOf(roleArn),
        HostedZoneExternalId: externalId,
        Name: name,
        TargetDnsName: getAtt(domainName(id), 'RegionalDomainName'),
        TargetHostedZoneId: getAtt(domainName(id), 'RegionalHostedZoneId'),
        RecordTypes: ['A', 'AAAA'],
      },
      { dependsOn: [policyOf(target)] },
    ),
  )
}
