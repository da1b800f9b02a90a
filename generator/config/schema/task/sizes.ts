import * as z from 'zod'
import { CPU_SIZES } from '../../../aws/fargate-sizes.ts'
import { integer } from '../values.ts'

const SIZES_PAGE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html'

export const cpu = z.literal(CPU_SIZES)
export const memory = integer(512, 122_880, `sizes that Fargate offers: ${SIZES_PAGE}`)

/** What a task runs on; `family` begins the names of its parameters. */
export const sizes = (family: '<Service>' | '<Job>') => ({
  cpu: cpu.default(256).describe(`CPU units (1024 units are one vCPU); default of ${family}Cpu. ${SIZES_PAGE}`),
  memory: memory.default(512).describe(`Memory in MiB; default of ${family}Memory`),
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64').describe('Processor that the image was built for'),
})
