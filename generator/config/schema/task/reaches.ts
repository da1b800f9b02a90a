/** What tasks may open connections to, beside AWS. */
import * as z from 'zod'
import { IPV4_RANGE, SECURITY_GROUP_ID, whole } from '../../../aws/patterns.ts'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'
import { integer, key } from '../values.ts'

const peers = ['securityGroup', 'cidr', 'service', 'internet'] as const
const EXAMPLE = '{ securityGroup: sg-0123456789abcdef0, port: 5432 }'

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const RULES_OF_A_GROUP = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'

type Written = {
  readonly securityGroup?: string | undefined
  readonly cidr?: string | undefined
  readonly service?: string | undefined
  readonly internet?: number | undefined
  readonly port?: number | undefined
  readonly admit?: boolean | undefined
  readonly name?: string | undefined
}

const fault = (written: Written): { readonly wrong: string; readonly remedy: string } | undefined => {
  const named = peers.filter((peer) => written[peer] !== undefined)
  if (named.length === 0) return { wrong: 'the entry does not say what is reached', remedy: `write ${EXAMPLE}` }
  if (named.length > 1)
    return { wrong: `an entry cannot name ${named.join(' and ')}`, remedy: 'write an entry for each of them' }
  const extra = (['port', 'admit', 'name'] as const).filter((each) => written[each] !== undefined)
  if (written.service !== undefined || written.internet !== undefined) {
    if (extra.length === 0) return undefined
    return written.service === undefined
      ? {
          wrong: `internet names the port itself, so ${extra.join(' and ')} would change nothing`,
          remedy: `write { internet: ${written.internet} } alone`,
        }
      : {
          wrong: `a service is reached by its name and at its own port, so ${extra.join(' and ')} would change nothing`,
          remedy: `write { service: ${written.service} } alone`,
        }
  }
  if (written.port === undefined)
    return { wrong: 'the entry does not say which port is reached', remedy: 'add port, such as port: 5432' }
  if (written.admit !== undefined && written.securityGroup === undefined)
    return {
      wrong: 'admit says whether a security group gets a rule, and the entry names none',
      remedy: 'remove admit',
    }
  return undefined
}

const serviceName = key('a service', 24).optional()

const toService = serviceName
  .describe(
    'Another service of this config, reached by its name and its port, such as http://catalog:8080, through ECS Service Connect; declared to verify as a caller. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html',
  )
  .meta({ examples: ['catalog'] })

/** Named, so that the error says why and not only that the key is unknown. */
const notFromJob = serviceName
  .refine(
    (name) => name === undefined,
    says<string>(
      'a job cannot reach a service of this config',
      'remove the entry, or let a worker do it',
      'Service Connect is for tasks of services: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html',
    ),
  )
  .describe('Not for jobs: Service Connect is for the tasks of services')

const entry = (service: typeof serviceName) =>
  z
    .strictObject({
      securityGroup: z
        .string()
        .regex(
          whole(SECURITY_GROUP_ID),
          says(isNot('the id of a security group'), 'write an id such as sg-0123456789abcdef0'),
        )
        .optional()
        .describe('Group of what is reached, such as a database; default of a parameter such as OrdersReaches5432Group')
        .meta({ examples: ['sg-0123456789abcdef0'] }),
      cidr: z
        .string()
        .regex(
          whole(IPV4_RANGE),
          says(
            isNot('a range of IPv4 addresses that can be reached'),
            'write four numbers and a prefix length from 8 to 32, such as 10.1.0.0/16',
            'a wider range would be the internet, which network.egress opens or closes',
          ),
        )
        .optional()
        .describe(
          'Addresses of what is reached, by any route of the VPC; default of a parameter such as OrdersReaches6379Range',
        )
        .meta({ examples: ['10.1.0.0/16'] }),
      service,
      internet: integer(1, 65_535)
        .optional()
        .describe('Port of TCP on the internet, beside those in network.egressPorts')
        .meta({ examples: [8883] }),
      port: integer(1, 65_535)
        .optional()
        .describe('Port of TCP on which a group or range listens')
        .meta({ examples: [5432] }),
      admit: z
        .boolean()
        .optional()
        .describe(
          'Whether the security group gets a rule that admits the tasks; true if left out, false when its owner writes that rule',
        )
        .meta({ examples: [false] }),
      name: key('what is reached')
        .optional()
        .describe('Name of the entry; needed where two entries of a service have the same port')
        .meta({ examples: ['orders-db'] }),
    })
    .refine(
      (written) => fault(written) === undefined,
      says<Written>(
        (value) => fault(value)?.wrong ?? show(value),
        (value) => fault(value)?.remedy ?? '',
      ),
    )

const list = (service: typeof serviceName) =>
  z
    .array(entry(service))
    .max(
      50,
      says<readonly unknown[]>(
        (value) => `${value.length} entries are too many`,
        'use at most 50 entries, or a range for several hosts',
        `a security group has at most 60 rules in each direction: ${RULES_OF_A_GROUP}`,
      ),
    )
    .default([])

export const reaches = list(toService)
  .describe(
    'What the tasks may open connections to, beside AWS services: databases, caches, hosts of other networks, other services, further ports of the internet',
  )
  .meta({ examples: [[{ securityGroup: 'sg-0123456789abcdef0', port: 5432 }]] })

export const reachesOfJob = list(notFromJob)
  .describe(
    'What the tasks may open connections to, beside AWS services: databases, caches, hosts of other networks, further ports of the internet',
  )
  .meta({ examples: [[{ securityGroup: 'sg-0123456789abcdef0', port: 5432 }]] })
