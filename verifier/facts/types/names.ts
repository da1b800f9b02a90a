/** What the name of a property or attribute says by itself, when nobody judged it. */

/** The value is a role or an instance profile: the resource that gets it acts with its rights. */
const rights =
  /(?:Role|RoleArn|RoleARN|RoleName|Roles|RoleArns|InstanceProfile|InstanceProfileArn|InstanceProfileName)$/

/** Texts for people, and what a program gets to read. */
const shown =
  /^(?:Tags|TagList|Comment|Environment|EnvironmentVariables|Key|Value)$|Descriptions?$|^(?:Tags|Environment)\./

/** Names of what a template has to protect, or of what leads to it: no default holds for these. */
const network =
  /SecurityGroup|GroupSet|Subnet|VPC(?!Region)|Vpc(?!Region)|RouteTable|LoadBalancer|Listener(?!Port)|TargetGroup|PrefixList|TaskDefinition|NetworkInterface|ResourceConfiguration(?:Id|Arn|Identifier)|LaunchTemplate(?:Id|Name)?$|^(?:TransitGateway|Vpn|VPN)|PeeringConnection|CoreNetwork(?:Id|Arn)|^ListenerArns?$|RestApi/

/** Names that may stand for anything, and so for these too. */
const anything = /^(?:Gateway.*|ResourceArns?|TargetArns?|EndpointId|ApiId)$|InstanceIds?$/

/** Which VPC it is in follows from its subnets. */
export const isVpcName = (path: string): boolean => /(?:^|\.)[A-Za-z]*(?:Vpc|VPC)(?:Id|ID|Arn|Identifier)s?$/.test(path)

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** What a thing is called inside of something that is named after it: `SecurityGroups.GroupId`. */
const inner = /^(?:Group(?:Ids?|Names?)|Ids?|Arns?|Identifiers?)$/

export function saysNetwork(path: string): boolean {
  const names = path.split('.')
  const last = names.at(-1) ?? ''
  return network.test(last) || (inner.test(last) && network.test(names.at(-2) ?? ''))
}

export const isNetworkName = (path: string): boolean => saysNetwork(path) || anything.test(lastOf(path))

export function roleByName(path: string): 'rights' | 'shown' | undefined {
  const last = lastOf(path)
  if (rights.test(last) || /InstanceProfile\.(?:Arn|Name)$/.test(path)) return 'rights'
  if (shown.test(last) || /(?:^|\.)Tags(?:\.|$)/.test(path)) return 'shown'
  return undefined
}

/** Texts that name nothing: times, states, counts, addresses and names in DNS. */
const plainAttribute =
  /^(?:DNSName|DnsName|DualStackDnsName|HostedZoneId|Status|StatusReason|StatusMessage|State|StateReason|StateMessage|LifecycleState|CreationTime|CreationTimestamp|CreationDate|CreatedAt|CreatedTime|CreatedDate|CreateTime|UpdatedAt|UpdatedTime|LastUpdatedAt|LastUpdatedTime|LastUpdateTime|LastModified|LastModifiedAt|LastModifiedTime|LastModifiedDate|Version|LatestVersion|VersionNumber|LatestVersionNumber|DefaultVersionNumber|Endpoint\.(?:Address|Port|HostedZoneId)|ReadEndpoint\.(?:Address|Port)|AccountId|OwnerAccountId|AvailabilityZone|AvailabilityZoneId)$/

export const isPlainAttribute = (attribute: string): boolean => plainAttribute.test(attribute)

/** What a type calls itself: `SecurityGroup`, `Group`. */
export function ownNames(type: string): readonly string[] {
  const words = type.slice(type.lastIndexOf(':') + 1).match(/[A-Z0-9]+(?![a-z])|[A-Z][a-z0-9]*/g) ?? []
  return words.map((_, at) => words.slice(at).join(''))
}

/** `Arn`, `Id`, and those with the type's own name before them. */
export function isOwnAttribute(type: string, attribute: string): boolean {
  const name = attribute.toLowerCase()
  const names = ['', ...ownNames(type).map((each) => each.toLowerCase())]
  return names.some((own) => ['arn', 'id', 'identifier'].some((end) => name === own + end))
}
