import { param } from '../cfn/intrinsics.ts'

/**
 * Name of the root stack, which no other application of the account and region has. A nested stack has a name of its own,
 * so its template gets this one by a parameter.
 */
export const APPLICATION_NAME = 'ApplicationName'
export const applicationName = param(APPLICATION_NAME)
