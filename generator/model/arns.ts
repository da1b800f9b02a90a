export type ArnParts = {
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

export const arnParts = (arn: string): ArnParts => {
  const [, , service = '', region = '', account = '', ...resource] = arn.split(':')
  return { service, region, account, resource: resource.join(':') }
}

/**
 * The ARN of a secret as IAM sees it. ECS takes JSON key, stage and version after the name, IAM does not; and
 * Secrets Manager adds a hyphen and six characters to the name, which people leave out.
 */
export const secretResource = (valueFrom: string): string => {
  if (arnParts(valueFrom).service !== 'secretsmanager') return valueFrom
  const arn = valueFrom.split(':').slice(0, 7).join(':')
  return /-[A-Za-z0-9]{6}$/.test(arn) ? arn : `${arn}-??????`
}
