import * as z from 'zod'
import { words } from './words.ts'

export const init = z
  .strictObject({
    command: words()
      .describe('What the container runs, instead of the CMD of the image; with entrypoint, its arguments')
      .meta({ examples: [['node', 'migrate.js']] }),
  })
  .optional()
  .describe(
    'A container that runs before the others of the task start, and must end with 0. It has the image, settings, variables and secrets of the service or job. It runs at the start of every task, also of one that scaling adds, so what it does must be safe to repeat and to do twice at a time. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html',
  )
  .meta({ examples: [{ command: ['node', 'migrate.js'] }] })
