import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Records } from '../../model/domain/zone.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { ApiAliasRecord, ApiAliasRecordIpv6, ApiDomainName, ZoneRoleAliasRecord } from '../handles/api.ts'
import { policyOf } from '../handles/custom-resources.ts'
import { paramOf } from '../parameters.ts'
import { zoneRoleStatement } from '../zone-role.ts'

/** The name that clients use, for IPv4 and IPv6. */
export const alias = (domain: Domain): Fragment => {
  switch (domain.alias?.kind) {
    case 'route53':
      return fragment(
        record(ApiAliasRecord, 'A', domain, domain.alias),
        record(ApiAliasRecordIpv6, 'AAAA', domain, domain.alias),
      )
    case 'zone-role':
      return throughZoneRole(domain, domain.alias)
    default:
      return empty
  }
}

type In<Kind> = Extract<Records, { kind: Kind }>

const record = (
  target: Handle<'AWS::Route53::RecordSet'>,
  type: 'A' | 'AAAA',
  { domainName }: Domain,
  { hostedZoneId }: In<'route53'>,
): Entry =>
  resource(target, {
    HostedZoneId: paramOf(hostedZoneId),
    Name: paramOf(domainName),
    Type: type,
    AliasTarget: {
      DNSName: getAtt(ApiDomainName, 'RegionalDomainName'),
      HostedZoneId: getAtt(ApiDomainName, 'RegionalHostedZoneId'),
      EvaluateTargetHealth: false,
    },
  })

const throughZoneRole = ({ domainName }: Domain, { hostedZoneId, roleArn, externalId }: In<'zone-role'>): Fragment =>
  fragment(
    policyFor(ZoneRoleAliasRecord, policyOf(ZoneRoleAliasRecord), [zoneRoleStatement(roleArn)]),
    customResource(
      ZoneRoleAliasRecord,
      {
        HostedZoneId: paramOf(hostedZoneId),
        HostedZoneRoleArn: paramOf(roleArn),
        HostedZoneExternalId: externalId,
        Name: paramOf(domainName),
        TargetDnsName: getAtt(ApiDomainName, 'RegionalDomainName'),
        TargetHostedZoneId: getAtt(ApiDomainName, 'RegionalHostedZoneId'),
        RecordTypes: ['A', 'AAAA'],
      },
      { dependsOn: [policyOf(ZoneRoleAliasRecord)] },
    ),
  )
