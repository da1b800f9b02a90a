import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { functionTimeout } from '../custom-resource.ts'
import { paramOf } from '../parameters.ts'
import { roleFor } from '../role.ts'

export type FunctionName = 'waiter' | 'writer'

/** Longest that CloudFormation waits for an answer, in seconds; a later one would change things nobody waits for. */
const longestWait = 3600

const what: Record<FunctionName, string> = {
  waiter: 'Reads only: waits for certificates and VPC links, probes the API from outside.',
  writer: 'Requests certificates and writes DNS records in the zone of another account.',
}

type Handles = {
  readonly target: Handle<'AWS::Lambda::Function'>
  readonly role: Handle<'AWS::IAM::Role'>
  readonly logGroup: Handle<'AWS::Logs::LogGroup'>
  readonly invocations: Handle<'AWS::Lambda::EventInvokeConfig'>
}

export const lambdaFunction = (
  name: FunctionName,
  { target, role, logGroup, invocations }: Handles,
  { logRetentionDays }: Observability,
): Fragment =>
  fragment(
    // A failed create would take away the log that explains it. What is in it goes with its age.
    resource(logGroup, { RetentionInDays: paramOf(logRetentionDays) }, { retain: true }),
    roleFor(role, 'lambda.amazonaws.com', {
      // Roles below this path may be trusted by the role in the zone's account.
      path: '/portcullis/',
      policies: [
        {
          PolicyName: 'write-logs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'Log',
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: getAtt(logGroup, 'Arn'),
              },
            ],
          },
        },
      ],
      why: 'Writes its log and nothing else; each custom resource adds what it needs.',
    }),
    resource(
      target,
      {
        Description: what[name],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: getAtt(role, 'Arn'),
        MemorySize: 256,
        Timeout: functionTimeout,
        LoggingConfig: { LogGroup: ref(logGroup) },
        Code: {},
      },
      { asset: name, why: what[name] },
    ),
    resource(invocations, {
      FunctionName: ref(target),
      Qualifier: '$LATEST',
      MaximumEventAgeInSeconds: longestWait,
      MaximumRetryAttempts: 2,
    }),
  )
