import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { param } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { ApiAliasRecord, ApiAliasRecordIpv6, ApiDomainName, policyOf, ZoneRoleAliasRecord } from '../handles.ts'
import { domainName } from '../names.ts'
import { zoneRoleStatement } from '../zone-role.ts'

/** The name that clients use, for IPv4 and IPv6. */
export const alias = (model: Model): Fragment => {
  const { alias } = model.domain
  if (alias === undefined || alias.kind === 'by-hand') return empty
  return alias.kind === 'zone-role'
    ? throughZoneRole(model)
    : fragment(record(ApiAliasRecord, 'A', model), record(ApiAliasRecordIpv6, 'AAAA', model))
}

const record = (target: Handle<'AWS::Route53::RecordSet'>, type: 'A' | 'AAAA', model: Model): Entry =>
  resource(target, {
    HostedZoneId: param('HostedZoneId'),
    Name: domainName(model),
    Type: type,
    AliasTarget: {
      DNSName: getAtt(ApiDomainName, 'RegionalDomainName'),
      HostedZoneId: getAtt(ApiDomainName, 'RegionalHostedZoneId'),
      EvaluateTargetHealth: false,
    },
  })

const throughZoneRole = (model: Model): Fragment =>
  fragment(
    policyFor(ZoneRoleAliasRecord, policyOf(ZoneRoleAliasRecord), [zoneRoleStatement()]),
    customResource(
      ZoneRoleAliasRecord,
      {
        HostedZoneId: param('HostedZoneId'),
        HostedZoneRoleArn: param('HostedZoneRoleArn'),
        HostedZoneExternalId: model.domain.zone?.role?.externalId,
        Name: domainName(model),
        TargetDnsName: getAtt(ApiDomainName, 'RegionalDomainName'),
        TargetHostedZoneId: getAtt(ApiDomainName, 'RegionalHostedZoneId'),
        RecordTypes: ['A', 'AAAA'],
      },
      { dependsOn: [policyOf(ZoneRoleAliasRecord)] },
    ),
  )
