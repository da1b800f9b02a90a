import { allowed, FUNCTION_ARN, ISSUER, LIST_ITEM } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

type Named = { readonly key: string; readonly id: string }

export const issuer = (named: Named, address: string): Parameter => ({
  ...common(named, 'Issuer', ['jwt', 'issuer']),
  type: 'String',
  default: address,
  label: 'Issuer of the tokens',
  description: 'Address of the identity provider, exactly as in the "iss" claim of its tokens.',
  allowedPattern: allowed(ISSUER),
  maxLength: 512,
  constraintDescription: 'must be an https address, such as https://idp.example.com/',
})

export const audience = (named: Named, audiences: readonly string[]): Parameter => ({
  ...common(named, 'Audience', ['jwt', 'audience']),
  type: 'CommaDelimitedList',
  default: audiences.join(','),
  label: 'Audiences of the tokens',
  description: 'Accepted "aud" (or "client_id") claims, separated by commas.',
  allowedPattern: allowed(LIST_ITEM),
  constraintDescription: 'must be one or more audiences without spaces, separated by commas',
})

export const functionArn = (named: Named, arn: string): Parameter => ({
  ...common(named, 'FunctionArn', ['lambda']),
  scope: ['region', 'account'],
  type: 'String',
  default: arn,
  label: 'Authorizer function',
  description: 'Lambda function of this account and region that authorizes requests.',
  allowedPattern: allowed(FUNCTION_ARN),
  constraintDescription:
    'must be the ARN of a Lambda function, such as arn:aws:lambda:eu-west-1:111111111111:function:authorizer',
})

const common = ({ key, id }: Named, kind: string, from: readonly string[]) => ({
  name: `${id}${kind}`,
  family: `<Authorizer>${kind}`,
  from: ['api', 'auth', key, ...from],
  scope: [],
  group: `Authorizer ${key}`,
})
