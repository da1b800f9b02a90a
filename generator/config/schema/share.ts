import * as z from 'zod'
import { isNot, says } from './says.ts'

export const share = z
  .boolean()
  .default(false)
  .describe(
    'Let other applications use network, cluster, load balancer and VPC link of this one: they are exported as <ShareName>-VpcId and so on, and applications name this config in uses. services and api may then be left out. The parameter ShareName is the name of the config, with a hyphen and the name of the environment',
  )

export const uses = z
  .string()
  .regex(
    /^[^\p{Cc}]*\.ya?ml$/u,
    says(
      isNot('the path of a config'),
      'write the path of the config that shares, such as ../platform/portcullis.yaml',
    ),
  )
  .optional()
  .describe(
    'Path of the config of another application that shares, from the folder of this one: network, cluster, load balancer and VPC link are those that it exports (parameter PlatformName). Needs loadBalancer.priorities',
  )
  .meta({ examples: ['../platform/portcullis.yaml'] })
