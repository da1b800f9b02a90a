/**
 * The prefix list that AWS keeps of the addresses of S3 in a region (`com.amazonaws.<region>.s3`); its id is the same in
 * every account, and AWS publishes none. A wrong one would stop every deployment, so each stands here only because two
 * independent sources agree: the output of `aws ec2 describe-prefix-lists` in the README of the repository "aws" of
 * sharadchhetri.com (eu-north-1 is not in it), and a mapping in somebody's CloudFormation, by region, for security groups
 * of ECS tasks (`AWSRegions2S3PrefixListID`). For eu-north-1 a second mapping (`S3_ENDPOINT_PREFIX_LIST_IDS`) says the
 * same as the first. Found in public repositories on 2026-11-30. Regions without one: ap-east-1, eu-south-2,
 * me-south-1, us-gov-west-1.
 */
export const S3_PREFIX_LISTS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'pl-61a54008',
  'ap-northeast-2': 'pl-78a54011',
  'ap-south-1': 'pl-78a54011',
  'ap-southeast-1': 'pl-6fa54006',
  'ap-southeast-2': 'pl-6ca54005',
  'ca-central-1': 'pl-7da54014',
  'eu-central-1': 'pl-6ea54007',
  'eu-north-1': 'pl-c3aa4faa',
  'eu-west-1': 'pl-6da54004',
  'eu-west-2': 'pl-7ca54015',
  'eu-west-3': 'pl-23ad484a',
  'sa-east-1': 'pl-6aa54003',
  'us-east-1': 'pl-63a5400a',
  'us-east-2': 'pl-7ba54012',
  'us-west-1': 'pl-6ba54002',
  'us-west-2': 'pl-68a54001',
}
