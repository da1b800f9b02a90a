import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { LogBucket, LogBucketPolicy } from '../handles/load-balancer.ts'
import { paramOf } from '../parameters.ts'

/** SSE-S3 only and no aws:SourceArn condition: with either, delivery fails (AWS: enable-access-logging). */
export const accessLogs = ({ logRetentionDays }: Observability): Fragment =>
  fragment(
    resource(
      LogBucket,
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'expire',
              Status: 'Enabled',
              ExpirationInDays: paramOf(logRetentionDays),
              NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            },
          ],
        },
      },
      {
        retain: true,
        why: 'Kept when the stack is deleted: the load balancer writes a test file at once, and a bucket that is not empty cannot be deleted.',
      },
    ),
    resource(LogBucketPolicy, {
      Bucket: ref(LogBucket),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'LoadBalancerWrites',
            Effect: 'Allow',
            Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: sub(`\${${LogBucket.id}.Arn}/AWSLogs/\${AWS::AccountId}/*`),
          },
          {
            Sid: 'OnlyTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [getAtt(LogBucket, 'Arn'), sub(`\${${LogBucket.id}.Arn}/*`)],
            Condition: { Bool: { 'aws:SecureTransport': false } },
          },
        ],
      },
    }),
  )
