import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { arn, param, pseudo } from '../../cfn/intrinsics.ts'
import type { Model } from '../../model/model.ts'
import { unique } from '../../model/names.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { CertificateRequest, policyOf } from '../handles.ts'
import { certificateNames, domainName } from '../names.ts'
import { zoneRoleStatement } from '../zone-role.ts'

/** All certificates of this account and region: a certificate's ARN is not known before it exists. */
export const anyCertificate = arn('acm', '${AWS::Region}', '${AWS::AccountId}', 'certificate/*')
export const ownTag = { 'aws:ResourceTag/portcullis:stack-id': pseudo('StackId') }

/** The zone is in another account, so our function asks for the certificate and writes its validation records there. */
export const requested = (model: Model): Fragment => {
  const { certificate, zone } = model.domain
  if (certificate.kind !== 'zone-role') throw new Error('requested() is for a zone in another account')
  const [, ...alternativeNames] = certificateNames(model)
  const cleanUp = certificate.validationRecords === 'deleteIfUnused'
  return fragment(
    policyFor(CertificateRequest, policyOf(CertificateRequest), [
      {
        Sid: 'RequestOnlyOurNames',
        Effect: 'Allow',
        Action: 'acm:RequestCertificate',
        Resource: '*',
        Condition: {
          StringEquals: { 'acm:ValidationMethod': 'DNS', 'aws:RequestTag/portcullis:stack-id': pseudo('StackId') },
          'ForAllValues:StringEquals': { 'acm:DomainNames': certificateNames(model) },
          Null: { 'acm:DomainNames': 'false' },
        },
      },
      {
        Sid: 'TagAtCreation',
        Effect: 'Allow',
        Action: 'acm:AddTagsToCertificate',
        Resource: anyCertificate,
        Condition: { StringEquals: { 'aws:RequestTag/portcullis:stack-id': pseudo('StackId') } },
      },
      {
        Sid: 'OnlyOurCertificates',
        Effect: 'Allow',
        Action: ['acm:DescribeCertificate', 'acm:DeleteCertificate'],
        Resource: anyCertificate,
        Condition: { StringEquals: ownTag },
      },
      { Sid: 'Search', Effect: 'Allow', Action: 'acm:ListCertificates', Resource: '*' },
      {
        Sid: 'SearchTags',
        Effect: 'Allow',
        Action: ['acm:ListTagsForCertificate', ...(cleanUp ? ['acm:DescribeCertificate'] : [])],
        Resource: cleanUp ? arn('acm', '*', '${AWS::AccountId}', 'certificate/*') : anyCertificate,
      },
      zoneRoleStatement(),
    ]),
    customResource(
      CertificateRequest,
      {
        DomainName: domainName(model),
        SubjectAlternativeNames: alternativeNames.length > 0 ? alternativeNames : undefined,
        HostedZones: [
          { Id: param('HostedZoneId'), RoleArn: param('HostedZoneRoleArn'), ExternalId: zone?.role?.externalId },
        ],
        ValidationRecords: certificate.validationRecords,
        CertificateRegions: cleanUp ? certificateRegions(model) : undefined,
      },
      {
        dependsOn: [policyOf(CertificateRequest)],
        why: 'Asks for the certificate and writes its records through the zone role, but never waits: should validation fail, the certificate is known and deleted again.',
      },
    ),
  )
}

/** Regions in which a certificate of this account may rely on the same validation record. */
const certificateRegions = (model: Model): string[] => unique(model.targets.map(({ region }) => region))
