import { unique } from '../names.ts'
import type { WrittenTask } from './written.ts'

/** Name of the container that must end before the others start. */
export const INIT = 'init'

/** How the container runs; what is left out is as the image or Fargate has it. */
export type Container = {
  readonly command?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly user?: string
  readonly workingDirectory?: string
  readonly readOnly: boolean
  readonly dropCapabilities: readonly string[]
  readonly stopTimeoutSeconds?: number
  /** One that ends what a shell leaves behind: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
  readonly initProcess: boolean
}

/** What Fargate does by itself, so that nothing is written down for it. */
const FARGATE_STOP_TIMEOUT = 30

export const containerOf = (task: WrittenTask): Container => {
  const {
    command,
    entrypoint,
    user,
    workingDirectory,
    readOnly,
    dropCapabilities,
    stopTimeoutSeconds,
    exec = false,
  } = task
  return {
    ...(command === undefined ? {} : { command }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(user === undefined ? {} : { user }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    readOnly,
    dropCapabilities: unique(dropCapabilities),
    initProcess: exec,
    ...(stopTimeoutSeconds === FARGATE_STOP_TIMEOUT ? {} : { stopTimeoutSeconds }),
  }
}
