/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const LoadBalancer = handle('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancer')
export const LoadBalancerSecurityGroup = handle('AWS::EC2::SecurityGroup', 'LoadBalancerSecurityGroup')
export const HttpsListener = handle('AWS::ElasticLoadBalancingV2::Listener', 'HttpsListener')
export const LogBucket = handle('AWS::S3::Bucket', 'LogBucket')
export const LogBucketPolicy = handle('AWS::S3::BucketPolicy', 'LogBucketPolicy')
