import type { Handle } from '../cfn/handle.ts'
import { pseudo } from '../cfn/intrinsics.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import type { Value } from '../cfn/value.ts'

type InlinePolicy = {
  readonly PolicyName: string
  readonly PolicyDocument: { readonly Version: '2012-10-17'; readonly Statement: readonly object[] }
}

type RoleOptions = {
  readonly policies?: readonly InlinePolicy[]
  /** ARNs of managed policies. */
  readonly managed?: readonly Value<string>[]
  readonly path?: string
  readonly why?: string
}

/** Services whose pages say that they send `aws:SourceAccount` when they assume a role. */
const sendTheAccount = [
  'ecs-tasks.amazonaws.com',
  'scheduler.amazonaws.com',
  'states.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
]

/**
 * The trust of a role that one AWS service may assume, on behalf of this account only.
 * A service whose pages do not say that it sends the account gets `IfExists`: a plain condition could lock it out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const trustIn = (service: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: {
        [sendTheAccount.includes(service) ? 'StringEquals' : 'StringEqualsIfExists']: {
          'aws:SourceAccount': pseudo('AccountId'),
        },
      },
    },
  ],
})

/** A role that one AWS service may assume. Its name is left to CloudFormation, so stacks never collide. */
export const roleFor = (target: Handle<'AWS::IAM::Role'>, service: string, options: RoleOptions = {}): Entry =>
  resource(
    target,
    {
      Path: options.path,
      AssumeRolePolicyDocument: trustIn(service),
      ManagedPolicyArns: options.managed?.length ? options.managed : undefined,
      Policies: options.policies,
    },
    options.why ? { why: options.why } : {},
  )
