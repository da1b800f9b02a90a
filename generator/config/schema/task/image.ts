import * as z from 'zod'
import { IMAGE } from '../../../aws/images.ts'
import { whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'

export const image = z
  .string()
  .max(
    512,
    says((value) => `the image name has ${value.length} characters`, 'use at most 512 characters'),
  )
  .regex(
    whole(IMAGE),
    says(isNot('a container image'), (value) =>
      /^https?:\/\//.test(value)
        ? `write ${value.replace(/^https?:\/\//, '')}`
        : 'write registry/repository:tag, such as 111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2; the only placeholder is {region}, and only in the host',
    ),
  )
  .describe(
    'Container image; {region} in the host becomes the region of the deployment. Default of the parameter <Service>Image',
  )
  .meta({ examples: ['111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2'] })
