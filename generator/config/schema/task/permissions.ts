import * as z from 'zod'
import { whole } from '../../../aws/patterns.ts'
import { ACTION } from '../../../aws/rights.ts'
import { isNot, says } from '../says.ts'

const RESOURCE =
  /^(?:\*|arn:aws[a-z-]*:[a-z0-9-]+:(?:[a-z0-9-]*|\{region\}|\*):(?:[0-9]{12}|aws|\{account\}|\*|):(?:[^\s{}$]|\{(?:environment|account|region)\})+)$/

const action = z
  .string()
  .regex(
    whole(ACTION),
    says(
      isNot('an action'),
      'write service:Action, such as sqs:SendMessage, perhaps with a * at the end, such as dynamodb:Get*',
      'whatever tasks may do is named',
    ),
  )

const resource = z.string().regex(
  RESOURCE,
  says(isNot('an ARN'), (value) =>
    value.includes('{')
      ? 'the placeholders are {environment}, {account} and {region}'
      : 'write an ARN, such as "arn:aws:sqs:{region}:{account}:mails", or "*" for actions that know no resources',
  ),
)

export const permissions = z
  .array(
    z.strictObject({
      actions: z
        .array(action)
        .min(1, says('the list of actions is empty', 'name at least one action, such as sqs:SendMessage'))
        .describe('Actions of IAM')
        .meta({ examples: [['sqs:SendMessage']] }),
      resources: z
        .array(resource)
        .min(1, says('the list of resources is empty', 'name at least one ARN'))
        .describe('ARNs on which they are allowed; {environment}, {account} and {region} are filled in at deploy time')
        .meta({ examples: [['arn:aws:sqs:{region}:{account}:mails']] }),
    }),
  )
  .default([])
  .describe(
    'What the application may do in AWS: the rights of its task role. Without a way to the internet, the endpoints that the actions need are created too',
  )
  .meta({ examples: [[{ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:{region}:{account}:mails'] }]] })
