import * as z from 'zod'
import { ACCOUNT, REGION, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { accountId, region } from '../values.ts'
import { parameterValues } from './environments.ts'

export const stackSet = z
  .strictObject({
    accounts: z
      .array(accountId())
      .default([])
      .describe(
        'Accounts. Without organizational units, the stack set is self-managed; with them, only those of their accounts that are listed here are deployed to',
      )
      .meta({ examples: [['333333333333']] }),
    organizationalUnits: z
      .array(
        z
          .string()
          .regex(
            /^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
            says(
              isNot('the id of an organizational unit'),
              'write an id such as ou-ab12-cdef3456, or r-ab12 for the root',
            ),
          ),
      )
      .default([])
      .describe('Organizational units; with them the stack set is service-managed')
      .meta({ examples: [['ou-ab12-cdef3456']] }),
    regions: z
      .array(region())
      .min(1, says('the list of regions is empty', 'name at least one region, such as eu-west-1'))
      .describe('Regions')
      .meta({ examples: [['eu-west-1']] }),
    overrides: z
      .record(
        z
          .string()
          .regex(
            whole(`${ACCOUNT}/${REGION}`),
            says(
              isNot('an account and a region'),
              'write both in quotes, with a slash in between: "333333333333/eu-west-1"',
            ),
          ),
        parameterValues,
      )
      .default({})
      .describe('Values of parameters for single targets, by "account/region"')
      .meta({ examples: [{ '333333333333/eu-west-1': { OrdersMinTasks: 2 } }] }),
    retainOnRemoval: z
      .boolean()
      .default(false)
      .describe('Whether a stack stays, and is no longer managed, when its account leaves the organizational unit'),
  })
  .describe('Roll the application out to many accounts and regions')
