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
  /** Only on behalf of this account (AWS: confused-deputy). */
  readonly confusedDeputy?: boolean
  readonly why?: string
}

/** A role that one AWS service may assume. Its name is left to CloudFormation, so stacks never collide. */
export const roleFor = (target: Handle<'AWS::IAM::Role'>, service: string, options: RoleOptions = {}): Entry =>
  resource(
    target,
    {
      Path: options.path,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: service },
            Action: 'sts:AssumeRole',
            ...(options.confusedDeputy
              ? { Condition: { StringEquals: { 'aws:SourceAccount': pseudo('AccountId') } } }
              : {}),
          },
        ],
      },
      ManagedPolicyArns: options.managed?.length ? options.managed : undefined,
      Policies: options.policies,
    },
    options.why ? { why: options.why } : {},
  )
