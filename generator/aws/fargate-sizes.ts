const steps = (fromGiB: number, toGiB: number, stepGiB = 1): number[] =>
  Array.from({ length: (toGiB - fromGiB) / stepGiB + 1 }, (_, index) => (fromGiB + index * stepGiB) * 1024)

/** CPU units that Fargate offers. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
export type Cpu = 256 | 512 | 1024 | 2048 | 4096 | 8192 | 16384

const memoryByCpu = new Map<Cpu, readonly number[]>([
  [256, [512, 1024, 2048]],
  [512, steps(1, 4)],
  [1024, steps(2, 8)],
  [2048, steps(4, 16)],
  [4096, steps(8, 30)],
  [8192, steps(16, 60, 4)],
  [16384, steps(32, 120, 8)],
])

export const CPU_SIZES: readonly Cpu[] = [...memoryByCpu.keys()]

/** CPU units -> memory in MiB. */
export const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = memoryByCpu

/** Every memory size that some CPU size takes, ascending. */
export const MEMORY_SIZES: readonly number[] = [...new Set([...FARGATE_SIZES.values()].flat())].sort((a, b) => a - b)
