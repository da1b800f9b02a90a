import * as z from 'zod'
import { says } from '../says.ts'
import { bareHostName } from '../values.ts'

/** One of the five values of a listener rule is left for a path. */
const MOST = 4

export const hosts = z
  .array(bareHostName())
  .min(1, says('the list of hosts is empty', 'list the names of the API that lead to the service, or remove the key'))
  .max(
    MOST,
    says<readonly unknown[]>(
      (value) => `${value.length} hosts are too many`,
      `use at most ${MOST} hosts, or leave out hosts where all names of the API lead to the service`,
      'a listener rule has at most 5 values, names and paths together: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html',
    ),
  )
  .optional()
  .describe(
    'Names of the API that lead to the service, if not all do: domain.name, or alternative names that are published. Services with different hosts may have the same paths; routes and their authorization are the same for all names',
  )
  .meta({ examples: [['orders.example.com']] })
