/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { Job } from '../../model/job/job.ts'

export const stateMachine = ({ id }: Job) => handle('AWS::StepFunctions::StateMachine', `${id}StateMachine`)
export const stateMachineRole = ({ id }: Job) => handle('AWS::IAM::Role', `${id}StateMachineRole`)
export const executionLog = ({ id }: Job) => handle('AWS::Logs::LogGroup', `${id}JobLog`)
export const schedule = ({ id }: Job) => handle('AWS::Scheduler::Schedule', `${id}Schedule`)
export const scheduleRole = ({ id }: Job) => handle('AWS::IAM::Role', `${id}ScheduleRole`)
export const deadLetterQueue = ({ id }: Job) => handle('AWS::SQS::Queue', `${id}DeadLetterQueue`)
