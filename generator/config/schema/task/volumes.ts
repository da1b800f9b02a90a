import * as z from 'zod'
import { ACCESS_POINT_ID, FILE_SYSTEM_ID, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { key } from '../values.ts'

const FILE_SYSTEMS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html'

const existing = z
  .strictObject({
    id: z
      .string()
      .regex(
        whole(FILE_SYSTEM_ID),
        says(
          isNot('the id of a file system'),
          'write an id such as fs-0123456789abcdef0, or new for a file system of its own',
        ),
      )
      .describe('Id of the file system, which has mount targets in the VPC of the tasks')
      .meta({ examples: ['fs-0123456789abcdef0'] }),
    accessPoint: z
      .string()
      .regex(
        whole(ACCESS_POINT_ID),
        says(isNot('the id of an access point'), 'write an id such as fsap-0123456789abcdef0'),
      )
      .optional()
      .describe('Access point through which the tasks see it, as its user and below its folder')
      .meta({ examples: ['fsap-0123456789abcdef0'] }),
  })
  .describe('A file system that exists already')

const volume = z.strictObject({
  path: z
    .string()
    .regex(
      /^(?:\/(?!\.{1,2}(?:\/|$))[^\p{Cc}/:]+)+$/u,
      says(isNot('a folder for a volume'), 'write an absolute path below /, such as /data'),
    )
    .describe('Where the container, and that of init, find it')
    .meta({ examples: ['/data'] }),
  efs: z
    .union([z.literal('new'), existing])
    .describe(
      'Its file system on Amazon EFS. new: one that only the tasks of this service or job reach, encrypted, backed up daily, and kept when the stack or the volume goes',
    ),
  readOnly: z.boolean().default(false).describe('Let the tasks read only'),
})

export const volumes = z
  .record(key('a volume', 24), volume)
  .default({})
  .describe(
    `Folders that outlive a task and that all tasks of the service or job share, by name. Connections are encrypted, and IAM allows them to the role of the tasks. ${FILE_SYSTEMS}`,
  )
  .meta({ examples: [{ data: { path: '/data', efs: 'new' } }] })
