export interface Place {
  readonly partition: string
  readonly region: string
  readonly account: string
}

/** The place inside an ARN; empty texts when it is none. */
export const placeOf = (arn: string): Place => {
  const [, partition = '', , region = '', account = ''] = arn.split(':')
  return { partition, region, account }
}

export const certificateArn = /^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/
