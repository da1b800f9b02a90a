import type { Finding, Rule } from '../rule.ts'

export const endpointsOfPlatform: Rule = {
  id: 'PC484',
  title: 'The platform has the endpoints that the tasks need',
  why: 'the tasks reach AWS services through the VPC endpoints of the platform only',
  docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html',
  check: ({ platform, network }): Finding[] => {
    const { egress } = network
    const given = platform?.model.network.egress
    if (egress.kind !== 'existing-endpoints' || given === undefined || !('interfaceEndpoints' in given)) return []
    const there = new Set([...given.interfaceEndpoints, ...given.called, 's3'])
    const missing = [...egress.interfaceEndpoints, ...egress.called].filter((each) => !there.has(each))
    return missing.length === 0
      ? []
      : [
          {
            path: ['uses'],
            message: `the platform has no endpoint for ${[...new Set(missing)].join(', ')}`,
            remedy: `add it to network.endpoints of the platform: endpoints: [${[...new Set(missing)].join(', ')}]`,
          },
        ]
  },
}
