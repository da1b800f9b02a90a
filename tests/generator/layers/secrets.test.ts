// What ECS is told to read, and what the execution role may read, for every form in which a config names a secret.
import { describe, expect, test } from '@jest/globals'
import { secretReference } from '../../../generator/aws/secrets.ts'
import { readable, valueFrom } from '../../../generator/layers/task/secrets.ts'
import { secretsOf } from '../../../generator/model/task/secrets.ts'

const here: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111111111111',
  EnvironmentName: 'prod',
}

const deployed = (value: unknown): string => {
  if (typeof value === 'string') return value
  const { 'Fn::Sub': text } = value as { readonly 'Fn::Sub': string }
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => here[name] ?? `unknown ${name}`)
}

const read = (written: string) => {
  const secrets = secretsOf({ X: written })
  return {
    from: secrets.map((each) => deployed(valueFrom(each))),
    rights: [...readable(secrets, 'secretsmanager'), ...readable(secrets, 'ssm')].map(deployed),
  }
}

const secret = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:'
const parameter = 'arn:aws:ssm:eu-west-1:111111111111:parameter'

describe('a secret is read from and may be read at:', () => {
  test.each([
    ['/orders/db', `${parameter}/orders/db`, `${parameter}/orders/db`],
    ['/{environment}/{region}/db', `${parameter}/prod/eu-west-1/db`, `${parameter}/prod/eu-west-1/db`],
    ['orders/db', `${secret}orders/db`, `${secret}orders/db-??????`],
    ['{environment}-db', `${secret}prod-db`, `${secret}prod-db-??????`],
    ['orders/db:password', `${secret}orders/db:password::`, `${secret}orders/db-??????`],
    [`${secret}db`, `${secret}db`, `${secret}db-??????`],
    [`${secret}db-AbCdEf`, `${secret}db-AbCdEf`, `${secret}db-AbCdEf`],
    [`${secret}db-AbCdEf:key::`, `${secret}db-AbCdEf:key::`, `${secret}db-AbCdEf`],
    [`${secret}db:key:AWSPREVIOUS:`, `${secret}db:key:AWSPREVIOUS:`, `${secret}db-??????`],
    [
      'arn:aws:secretsmanager:{region}:{account}:secret:{environment}:key::',
      `${secret}prod:key::`,
      `${secret}prod-??????`,
    ],
    [`${parameter}/a`, `${parameter}/a`, `${parameter}/a`],
    ['arn:aws-cn:ssm:cn-north-1:{account}:parameter/a', ...twice('arn:aws-cn:ssm:cn-north-1:111111111111:parameter/a')],
  ])('%s', (written, from, rights) => {
    expect(read(written)).toEqual({ from: [from], rights: [rights] })
  })
})

test('the role names a secret once, whatever of it tasks read', () => {
  const secrets = secretsOf({ USER: 'db:user', PASSWORD: 'db:password', HOST: '/db/host', AGAIN: '/db/host' })
  expect(readable(secrets, 'secretsmanager').map(deployed)).toEqual([`${secret}db-??????`])
  expect(readable(secrets, 'ssm').map(deployed)).toEqual([`${parameter}/db/host`])
})

test.each([
  '',
  '/',
  'a b',
  'db:',
  ':key',
  'db:a:b',
  'db:{account}',
  '{env}',
  '/a+b',
  'https://vault/x',
  `${secret}*`,
  `${parameter}/*`,
])('%j names no secret', (written) => {
  expect(secretReference(written)).toBeUndefined()
})

function twice(text: string): [string, string] {
  return [text, text]
}
