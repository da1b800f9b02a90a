/**
 * What the fakes believe about AWS. Each belief has a value and a source; where the source is a range that was
 * observed, the value errs to the side that is harder for the functions.
 */
const belief = <const T>(value: T, source: string) => ({ value, source })

export const cloudFormationBelieves = {
  answerLimitBytes: belief(4096, 'AWS: CloudFormation custom resource reference, response object'),
  physicalIdLimitBytes: belief(1024, 'AWS: CloudFormation custom resource reference, response object'),
  defaultServiceTimeoutSeconds: belief(3600, 'AWS: AWS::CloudFormation::CustomResource, ServiceTimeout'),
  onlyFirstAnswerCounts: belief(true, 'AWS: the pre-signed URL takes a PUT; events show one result a request'),
  retriedDeploymentKeepsRequestId: belief(true, 'aws/aws-cdk issue 35957'),
  changedPhysicalIdIsReplacement: belief(true, 'AWS: CloudFormation custom resource, Update'),
  failedUpdateMayNameNewPhysicalId: belief(true, 'aws/aws-cdk issue 17040'),
  unansweredCreateIsDeletedByOwnId: belief(true, 'observed: the Delete carries an id made by CloudFormation'),
  cleanUpIsTried: belief(3, 'AWS: troubleshooting CloudFormation, clean-up after an update is retried'),
} as const

export const lambdaBelieves = {
  timeoutSeconds: belief(900, 'AWS: Lambda quotas'),
  retriesAfterMinutes: belief([1, 2], 'AWS: Lambda, error handling of asynchronous invocation'),
  mayDeliverTwice: belief(true, 'AWS: Lambda, asynchronous invocation: the queue is eventually consistent'),
} as const

export const acmBelieves = {
  tokenHours: belief(1, 'AWS: ACM API, RequestCertificate, IdempotencyToken'),
  tokenIgnoresParameters: belief(true, 'hashicorp/terraform-provider-aws pull 6666'),
  unknownAfterRequestSeconds: belief(8, 'AWS: ACM API, RequestCertificate: a delay of several seconds'),
  recordsAfterRequestSeconds: belief(90, 'aws/copilot-cli issue 2602, aws/aws-cdk issue 3912'),
  issuedAfterRecordSeconds: belief([20, 1500], 'AWS: ACM, DNS validation: up to 30 minutes, often a few'),
  issuedAfterValidationSeconds: belief(30, 'AWS: ACM API: Status and ValidationStatus are not one'),
  releasedAfterUseSeconds: belief(
    1200,
    'aws/aws-cdk issues 4179 and 28063: a custom domain holds it for up to 20 minutes',
  ),
  listLeavesOutOtherKeyTypes: belief(true, 'AWS: ACM API, Filters, keyTypes: RSA_1024 and RSA_2048 by default'),
  pageSize: belief(3, 'made small to force paging'),
  tagsPerCertificate: belief(50, 'AWS: ACM user guide, tag restrictions'),
  tagsNeedTheirOwnRight: belief(true, 'AWS: ACM, tagging at creation needs acm:AddTagsToCertificate'),
  recordBelongsToAccountAndName: belief(true, 'AWS: ACM, DNS validation'),
} as const

export const route53Believes = {
  requestsPerSecond: belief(10, 'AWS: Route 53, throttling of API requests (2026-07-30)'),
  burst: belief(50, 'AWS: Route 53, throttling of API requests (2026-07-30)'),
  busyZoneMs: belief(150, 'AWS: Route 53 API, PriorRequestNotComplete (HTTP 400)'),
  batchIsAtomic: belief(true, 'AWS: Route 53 API, ChangeResourceRecordSets'),
  createNeedsAbsence: belief(true, 'AWS: Route 53 API, ChangeResourceRecordSets, CREATE'),
  setOnceInBatch: belief(true, 'schroeder/serverless-certificate-creator issues 28 and 46'),
  deleteNeedsEqualSet: belief(true, 'AWS: Route 53 API, ChangeResourceRecordSets, DELETE'),
} as const

export const stsBelieves = {
  newRightsAfterSeconds: belief(20, 'aws/aws-cdk issue 29391; AWS: IAM is eventually consistent'),
  regionMustBeOn: belief(true, 'aws/aws-cdk issues 23081 and 26593: the target account must have opted in'),
  sessionSeconds: belief(900, 'AWS: STS API, AssumeRole, least DurationSeconds'),
} as const

export const apiGatewayBelieves = {
  linkAvailableAfterSeconds: belief([0, 600], 'AWS: VPC links take minutes; CloudFormation waits up to ten'),
  linkIsImmutable: belief(true, 'AWS: API Gateway V2, VPC links'),
} as const

export const controlRegion = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
} as const
export type Partition = keyof typeof controlRegion
