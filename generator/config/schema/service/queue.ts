import * as z from 'zod'
import { QUEUE_ARN, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { integer } from '../values.ts'

/** `{region}` and `{account}` where the ARN has them, `{environment}` in the name. */
const PATTERN = whole(
  QUEUE_ARN.replace('[a-z0-9-]+', '(?:[a-z0-9-]+|\\{region\\})')
    .replace('[0-9]{12}', '(?:[0-9]{12}|\\{account\\})')
    .replace('[A-Za-z0-9_-]', '(?:[A-Za-z0-9_-]|\\{environment\\})'),
)

export const queue = z
  .strictObject({
    arn: z
      .string()
      .max(
        512,
        says((value) => `the ARN has ${value.length} characters`, 'use at most 512 characters'),
      )
      .regex(
        PATTERN,
        says(
          isNot('the ARN of a queue'),
          'write the ARN of an SQS queue, such as arn:aws:sqs:{region}:{account}:mails; its placeholders are {region}, {account} and, in the name, {environment}',
        ),
      )
      .describe(
        'SQS queue that the tasks work off; they get the rights to receive and delete its messages. {region}, {account} and, in the name, {environment} become those of the deployment. Default of <Service>QueueArn',
      )
      .meta({ examples: ['arn:aws:sqs:{region}:{account}:mails'] }),
    messagesPerTask: integer(1, 1_000_000, 'it is the number of messages that one task may have before it')
      .describe(
        'Messages for each task: the number that one works off in the time that a message may wait. Waiting ones count, and those being worked on',
      )
      .meta({ examples: [100] }),
  })
  .optional()
  .describe(
    'Of a worker: as many tasks as its queue asks for, instead of the average CPU; none at all while it is empty, if min is 0',
  )
  .meta({ examples: [{ arn: 'arn:aws:sqs:{region}:{account}:mails', messagesPerTask: 100 }] })
