import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import type { Place } from './arn.ts'
import type { World } from './world.ts'

/** One event being worked on. */
export interface Task {
  readonly world: World
  readonly event: CloudFormationCustomResourceEvent
  /** Where this function runs. */
  readonly here: Place
  /** Aborted when the time is up: no call is sent after that. */
  readonly signal: AbortSignal
  readonly started: number
  /** When CloudFormation sent the event, to the second; undefined when that cannot be told. */
  readonly asked: number | undefined
  readonly end: number
  /** The id CloudFormation gets in any answer; set as soon as it is known. */
  physicalId: string
  /** What is being done, for the reason of a failure. */
  step: string
  /** What a success leaves behind all the same, and how to remove it; told in the answer. */
  readonly kept: string[]
  /** Texts that must not appear in any log line or reason. */
  readonly secrets: string[]
  log(step: string, fields?: Record<string, unknown>, level?: 'info' | 'warn' | 'error'): void
}

export type Data = Record<string, string>

export interface Resource {
  /** Create and Update: reaches the wanted state and returns the attributes. */
  apply(task: Task): Promise<Data>
  /** Left out: there is nothing to delete. */
  remove?(task: Task): Promise<void>
}
