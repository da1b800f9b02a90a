/** What an application is, in the descriptions that its users read first. */
export const purpose = (gate: 'an API Gateway HTTP API' | 'an HTTP API'): string =>
  `Fargate behind an internal load balancer that only ${gate} reaches`
