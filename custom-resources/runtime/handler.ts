import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda'
import { bodyOf, cut, respond } from './answer.ts'
import { placeOf } from './arn.ts'
import { comesAgain, limits } from './clock.ts'
import { type AwsError, Failure, isDenied } from './errors.ts'
import { logger, redact } from './log.ts'
import type { Data, Resource, Task } from './task.ts'
import type { World } from './world.ts'

export type Handler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>

//! ---- The guarded handler: every event is answered exactly once ----

const work = async (task: Task, resources: Record<string, Resource>, late: boolean): Promise<Data> => {
  const { RequestType: type, ResourceType: name } = task.event
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined
  if (!resource) throw new Failure('config', `the resource type ${name} is unknown to this function`)
  if (type === 'Delete' && !resource.remove) return {}
  if (late)
    throw new Failure('deadline', 'the event came too late - CloudFormation no longer waits - nothing was changed')
  if (task.end <= task.started) throw new Failure('deadline', 'there is too little time left to start')
  if (type === 'Delete') {
    await resource.remove?.(task)
    return {}
  }
  if (type !== 'Create' && type !== 'Update') throw new Failure('config', `the request type ${type} is unknown`)
  return resource.apply(task)
}

const deadline = async (task: Task): Promise<never> => {
  await task.world.sleep(Math.max(0, task.end - task.world.now()), task.signal)
  throw new Failure('deadline', `ran out of time at ${task.step} - deploy again, or delete again`)
}

/** What failed, why, and what to do. */
const reasonOf = (error: unknown, task: Task): string => {
  if (error instanceof Failure) return error.message
  const { name, message } = (error ?? {}) as AwsError
  const hint = isDenied(error) ? ' - check the policies of the role' : ''
  return `${task.step} failed - ${name ?? typeof error}: ${message ?? String(error)}${hint}`
}

export const createHandler =
  (world: World, resources: Record<string, Resource>): Handler =>
  async (event, context) => {
    if (typeof event?.ResponseURL !== 'string') throw new Error('this is not a CloudFormation event: no ResponseURL')
    const started = world.now()
    const left = () => context.getRemainingTimeInMillis()
    const abort = new AbortController()
    const secrets = [event.ResponseURL]
    const { asked, late, end } = limits(event, started, left())
    const { RequestType: type, StackId, RequestId, LogicalResourceId, ResourceType } = event
    const log = logger(
      world,
      {
        requestId: RequestId,
        awsRequestId: context.awsRequestId,
        stack: StackId,
        logicalId: LogicalResourceId,
        resource: ResourceType,
        type,
      },
      secrets,
    )
    const task: Task = {
      world,
      event,
      here: placeOf(context.invokedFunctionArn),
      signal: abort.signal,
      started,
      asked,
      end,
      physicalId:
        (event as { PhysicalResourceId?: string }).PhysicalResourceId || `portcullis:none:${LogicalResourceId}`,
      step: 'start',
      kept: [],
      secrets,
      log,
    }
    log('start')
    let outcome: { Status: string; Reason: string; Data?: Data }
    let isUnfinished = false
    try {
      outcome = {
        Status: 'SUCCESS',
        Reason: '',
        Data: await Promise.race([work(task, resources, late), deadline(task)]),
      }
      outcome.Reason = ['done', ...task.kept].join(' - ')
    } catch (error) {
      outcome = { Status: 'FAILED', Reason: reasonOf(error, task) }
      const { kind, stack } = (error ?? {}) as Failure
      isUnfinished = kind === 'again'
      log(
        task.step,
        {
          status: 'FAILED',
          reason: outcome.Reason,
          kind,
          trace: kind ? undefined : stack,
        },
        'error',
      )
    }
    abort.abort()
    if (isUnfinished && comesAgain(task)) throw new Error('not done yet: Lambda sends the event again')
    const pointer = `(log: ${context.logGroupName}/${context.logStreamName}, request ${context.awsRequestId})`
    const answer = {
      ...outcome,
      Reason: `${redact(cut(outcome.Reason.replace(/\s+/g, ' '), 590 - Buffer.byteLength(pointer)), secrets)} ${pointer}`,
      PhysicalResourceId: task.physicalId,
      StackId,
      RequestId,
      LogicalResourceId,
    }
    await respond(world, event.ResponseURL, bodyOf(answer, pointer), left, log)
    log('end', { status: outcome.Status, ms: world.now() - started })
  }
