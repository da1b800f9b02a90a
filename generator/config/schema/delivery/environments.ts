import * as z from 'zod'
import { ENVIRONMENT_NAME, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { accountId, region } from '../values.ts'
import { jobValues, serviceValues } from './task-values.ts'

/** Values of parameters, by parameter name; which names and values are right, a rule knows. */
export const parameterValues = z
  .record(
    z.string(),
    z
      .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
      .describe('Text, number, true or false, or a list of texts'),
  )
  .default({})
  .describe('Values of parameters, by name')
  .meta({ examples: [{ OrdersMinTasks: 1 }] })

const environment = z
  .strictObject({
    region: region()
      .describe('Region to deploy to')
      .meta({ examples: ['eu-west-1'] }),
    account: accountId()
      .optional()
      .describe('Account id, in quotes; only used for checks')
      .meta({ examples: ['111111111111'] }),
    parameters: parameterValues,
    services: serviceValues,
    jobs: jobValues,
  })
  .meta({ examples: [{ region: 'eu-west-1' }] })

export const environments = z
  .record(
    z
      .string()
      .regex(
        whole(ENVIRONMENT_NAME),
        says(isNot('a name for an environment'), 'use letters, digits, hyphens and underscores, such as dev or prod'),
      ),
    environment,
  )
  .default({})
  .describe('Where the application is deployed: `sam deploy --config-env <name>`')
  .meta({ examples: [{ prod: { region: 'eu-west-1' } }] })
