/** The partition of a region, by the first part of its name: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export const partitionOf = (region: string): string => {
  const [first = '', second = ''] = region.split('-')
  if (first === 'cn') return 'aws-cn'
  if (first === 'eusc') return 'aws-eusc'
  return first === 'us' && second === 'gov' ? 'aws-us-gov' : 'aws'
}
