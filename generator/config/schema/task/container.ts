/** How the container runs, beside its image. */
import * as z from 'zod'
import { CAPABILITIES } from '../../../aws/capabilities.ts'
import { isNot, says } from '../says.ts'
import { integer } from '../values.ts'
import { words } from './words.ts'

const TASK_PARAMETERS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html'

export const container = {
  command: words()
    .optional()
    .describe('What the container runs, instead of the CMD of the image; with entrypoint, its arguments')
    .meta({ examples: [['node', 'server.js']] }),
  entrypoint: words()
    .optional()
    .describe('Instead of the ENTRYPOINT of the image')
    .meta({ examples: [['/bin/tini', '--']] }),
  user: z
    .string()
    .regex(
      /^(?:[a-z_][a-z0-9_-]*|[0-9]+)(?::(?:[a-z_][a-z0-9_-]*|[0-9]+))?$/,
      says(isNot('a user'), 'write a name or number, with a group after a colon if needed, such as "1000:1000"'),
    )
    .optional()
    .describe('User that the program runs as, instead of the one of the image')
    .meta({ examples: ['1000:1000'] }),
  workingDirectory: z
    .string()
    .regex(/^\/[^\p{Cc}]*$/u, says(isNot('an absolute path'), 'write a path that starts with /, such as /app'))
    .optional()
    .describe('Folder in which the program starts, instead of the one of the image')
    .meta({ examples: ['/app'] }),
  readOnly: z.boolean().default(false).describe('Make the root file system read-only, including /tmp'),
  dropCapabilities: z
    .array(z.enum(CAPABILITIES))
    .default([])
    .describe(
      'Capabilities of Linux that the container gives up; ALL for all of them. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html',
    )
    .meta({ examples: [['ALL']] }),
  ephemeralStorage: integer(
    21,
    200,
    'Fargate gives 20 GiB by itself, and at most 200: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html',
  )
    .optional()
    .describe('Temporary disk space of a task in GiB; 20 if left out')
    .meta({ examples: [50] }),
  stopTimeoutSeconds: integer(
    1,
    120,
    `Fargate kills a container at most 120 seconds after asking it to stop: ${TASK_PARAMETERS}`,
  )
    .default(30)
    .describe('Seconds between SIGTERM and SIGKILL'),
}
