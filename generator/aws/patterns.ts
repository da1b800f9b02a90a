/**
 * Forms of values, each once: the config checks with them, and templates carry them as AllowedPattern. Sources of
 * regular expressions without anchors, in what JavaScript and CloudFormation's Java read alike.
 */
export const ACCOUNT = '[0-9]{12}'
export const REGION = '[a-z]{2,3}(?:-[a-z]+)+-[0-9]'

/** A host name without wildcard or final dot. `letter` is what a label is made of: placeholders count as one. */
export const hostName = (letter = '[a-z0-9]'): string => {
  const label = `${letter}+(?:-+${letter}+)*`
  return `(?:${label}\\.)+${label}`
}

/** Z and at most 31 more: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
export const ZONE_ID = 'Z[A-Z0-9]{1,31}'
export const ENVIRONMENT_NAME = '[A-Za-z][A-Za-z0-9_-]{0,62}'
export const PREFIX_LIST_ID = 'pl-[0-9a-f]{8,17}'
export const SECURITY_GROUP_ID = 'sg-(?:[0-9a-f]{8}|[0-9a-f]{17})'
/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks-vpclinkid.html says no form: letters and digits so far. */
export const VPC_LINK_ID = '[a-z0-9]{6,32}'
export const VPC_ID = 'vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})'
export const SUBNET_ID = 'subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
/** An IPv4 range of at most this many addresses; without a limit it would be everybody's. */
export const IPV4_RANGE = `(?:${OCTET}\\.){3}${OCTET}/(?:[89]|[12][0-9]|3[0-2])`
/** A range as large as one of a VPC may be: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const VPC_RANGE = `(?:${OCTET}\\.){3}${OCTET}/(?:1[6-9]|2[0-8])`

/** An ARN of any partition, never with a wildcard; IAM has no region. */
export const arn = (service: string, resource: string): string =>
  `arn:aws[a-z-]*:${service}:${service === 'iam' ? '' : '[a-z0-9-]+'}:${ACCOUNT}:${resource}`

export const IAM_PATH = '(?:[\\w+=,.@-]+/)*'

export const CERTIFICATE_ARN = arn('acm', 'certificate/[A-Za-z0-9-]+')
export const FUNCTION_ARN = arn('lambda', 'function:[A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9_$-]{1,128})?')
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const CLUSTER_NAME = '[0-9A-Za-z_-]{1,255}'
export const CLUSTER_ARN = arn('ecs', `cluster/${CLUSTER_NAME}`)
/** Of an application load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html */
export const LISTENER_ARN = arn('elasticloadbalancing', 'listener/app/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}/[0-9a-f]{16}')
export const ROLE_ARN = arn('iam', `role/${IAM_PATH}[\\w+=,.@-]{1,64}`)
/** Of an account, or one that AWS manages. */
export const policyArn = (account: string): string =>
  `arn:aws[a-z-]*:iam::(?:${account}|aws):policy/${IAM_PATH}[\\w+=,.@-]{1,128}`
export const POLICY_ARN = policyArn(ACCOUNT)
export const PRINCIPAL_ARN = arn('iam', `(?:role|user|group)/${IAM_PATH}[\\w+=,.@-]{1,128}`)
/** Without an account, as Service Catalog takes it for shared portfolios; the name may hold wildcards. */
export const PRINCIPAL_PATTERN = 'arn:aws[a-z-]*:iam:::(?:role|user|group)/(?:[\\w+=,.@*?-]+/)*[\\w+=,.@*?-]{1,128}'
/** A key, never an alias, which IAM takes for no resource: https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html */
export const KEY_ARN = arn('kms', 'key/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')
/** The name of a FIFO queue ends in `.fifo`. */
export const QUEUE_ARN = arn('sqs', '[A-Za-z0-9_-]{1,80}(?:\\.fifo)?')

const CRON_FIELD = '[0-9A-Z*/,#LW-]+'
/** Six fields, of which the day of the month or the day of the week is `?`, since each would otherwise ask for a day. */
export const CRON = `${CRON_FIELD} ${CRON_FIELD} (?:${CRON_FIELD} ${CRON_FIELD} \\?|\\? ${CRON_FIELD} ${CRON_FIELD}) ${CRON_FIELD}`
/** One of a unit is singular: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const RATE = 'rate\\((?:1 (?:minute|hour|day)|(?:[2-9]|[1-9][0-9]{1,4}) (?:minutes|hours|days))\\)'
export const JOB_SCHEDULE = `(?:cron\\(${CRON}\\)|${RATE})`

export const ISSUER = 'https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~%/-]*)?'
export const ORIGIN = '(?:\\*|https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)'
/** An item of a CommaDelimitedList, which a comma would split into two. */
export const LIST_ITEM = '[^,\\s]+'

/** What an AWS-specific type of a parameter takes, which has no pattern of its own. */
export const PICKED = {
  'AWS::EC2::SecurityGroup::Id': SECURITY_GROUP_ID,
  'AWS::EC2::Subnet::Id': SUBNET_ID,
  'AWS::EC2::VPC::Id': VPC_ID,
  'AWS::Route53::HostedZone::Id': ZONE_ID,
} as const

/** The whole value, for the config. */
export const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`)

/** The whole value, for a template; its patterns are printed, so groups are written short. */
export const allowed = (pattern: string): string => `^${pattern}$`.replaceAll('(?:', '(')

/** The same for a parameter that may be left empty. */
export const allowedOrEmpty = (pattern: string): string => `^$|${allowed(pattern)}`

export const FILE_SYSTEM_ID = 'fs-(?:[0-9a-f]{8}|[0-9a-f]{17})'
export const ACCESS_POINT_ID = 'fsap-[0-9a-f]{17}'
