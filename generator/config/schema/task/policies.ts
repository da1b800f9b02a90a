import * as z from 'zod'
import { IAM_PATH, whole } from '../../../aws/patterns.ts'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'

const NAME = `${IAM_PATH}(?:[\\w+=,.@-]|\\{environment\\})+`
const ARN = whole(`arn:aws[a-z-]*:iam::(?:aws|\\{account\\}):policy/${NAME}`)
const QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'
const MOST = 10

const policy = z
  .string()
  .max(
    512,
    says((value) => `the ARN has ${value.length} characters`, 'use at most 512 characters'),
  )
  .regex(
    ARN,
    says(isNot('the ARN of a managed policy'), (value) =>
      /^arn:[^:]*:iam::[0-9]{12}:policy\//.test(value)
        ? `write ${show(value.replace(/::[0-9]{12}:/, '::{account}:'))}: a role takes the policies of its own account`
        : 'write arn:aws:iam::aws:policy/NAME for a policy of AWS, or arn:aws:iam::{account}:policy/NAME for one of the account',
    ),
  )

export const policies = z
  .array(policy)
  .max(
    MOST,
    says<readonly unknown[]>(
      (value) => `${value.length} policies are too many`,
      `use at most ${MOST} policies, and write what else is needed in permissions`,
      `a role has at most ${MOST} managed policies: ${QUOTAS}`,
    ),
  )
  .default([])
  .describe(
    'Managed policies of the task role, beside permissions. What those of AWS open is known, and refused; those of the account are declared to verify by name. With egress: endpoints, name what they call in endpoints. {account} and {environment} are filled in at deploy time',
  )
  .meta({ examples: [['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess']] })
