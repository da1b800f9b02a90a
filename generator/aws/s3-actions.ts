/**
 * Actions of S3 by what they work on, as far as the name tells.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const OF_OBJECTS =
  /^(?:(?:Get|Put|Delete)Object|RestoreObject|ReplicateObject|AbortMultipartUpload|ListMultipartUploadParts|BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner)/i

const OF_BUCKETS =
  /^(?:ListBucket|(?:Get|Put|Delete)Bucket|(?:Get|Put)(?:Lifecycle|Encryption|Replication|Accelerate|Metrics|Inventory|Analytics|IntelligentTiering)Configuration)/i

/** With a `*` at its end, an action is the one or the other where all that it means are. */
export const worksOn = (action: string): 'objects' | 'buckets' | undefined => {
  const [service, name = ''] = action.split(':')
  if (service !== 's3') return undefined
  if (OF_OBJECTS.test(name)) return 'objects'
  return OF_BUCKETS.test(name) ? 'buckets' : undefined
}
