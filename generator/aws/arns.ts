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
