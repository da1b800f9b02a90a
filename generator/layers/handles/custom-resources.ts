/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { type Handle, handle } from '../../cfn/handle.ts'

export const WaiterFunction = handle('AWS::Lambda::Function', 'WaiterFunction')
export const WaiterLogGroup = handle('AWS::Logs::LogGroup', 'WaiterLogGroup')
export const WaiterEventInvokeConfig = handle('AWS::Lambda::EventInvokeConfig', 'WaiterEventInvokeConfig')
export const WaiterRole = handle('AWS::IAM::Role', 'WaiterRole')
export const WriterFunction = handle('AWS::Lambda::Function', 'WriterFunction')
export const WriterLogGroup = handle('AWS::Logs::LogGroup', 'WriterLogGroup')
export const WriterEventInvokeConfig = handle('AWS::Lambda::EventInvokeConfig', 'WriterEventInvokeConfig')
export const WriterRole = handle('AWS::IAM::Role', 'WriterRole')

/** The policy that a custom resource brings along, in its own layer. */
export const policyOf = ({ id }: Handle) => handle('AWS::IAM::Policy', `${id}Policy`)
