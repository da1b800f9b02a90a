import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { arn, pseudo } from '../../cfn/intrinsics.ts'
import type { Certificate } from '../../model/domain/certificate.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Tag } from '../../model/tags.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { CertificateRequest } from '../handles/certificate.ts'
import { policyOf } from '../handles/custom-resources.ts'
import { certificateNames, paramOf } from '../parameters.ts'
import { zoneRoleStatement } from '../zone-role.ts'

/** All certificates of this account and region: a certificate's ARN is not known before it exists. */
export const anyCertificate = arn('acm', '${AWS::Region}', '${AWS::AccountId}', 'certificate/*')
export const ownTag = { 'aws:ResourceTag/portcullis:stack-id': pseudo('StackId') }

/**
 * The zone is in another account, so our function asks for the certificate and writes its validation records there.
 * `regions` are those in which a certificate of this account may rely on the same validation record.
 */
export const requested = (
  domain: Domain,
  certificate: Extract<Certificate, { kind: 'zone-role' }>,
  regions: readonly string[],
  tags: readonly Tag[],
): Fragment => {
  const [, ...alternativeNames] = certificateNames(domain)
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
          'ForAllValues:StringEquals': { 'acm:DomainNames': certificateNames(domain) },
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
      zoneRoleStatement(certificate.roleArn),
    ]),
    customResource(
      CertificateRequest,
      {
        DomainName: paramOf(domain.domainName),
        SubjectAlternativeNames: alternativeNames.length > 0 ? alternativeNames : undefined,
        HostedZones: [
          {
            Id: paramOf(certificate.hostedZoneId),
            RoleArn: paramOf(certificate.roleArn),
            ExternalId: certificate.externalId,
          },
        ],
        // CloudFormation's own tags do not reach what our function makes.
        Tags: tags.length > 0 ? tags : undefined,
        ValidationRecords: certificate.validationRecords,
        CertificateRegions: cleanUp ? regions : undefined,
      },
      {
        dependsOn: [policyOf(CertificateRequest)],
        why: 'Asks for the certificate and writes its records through the zone role, but never waits: should validation fail, the certificate is known and deleted again.',
      },
    ),
  )
}
