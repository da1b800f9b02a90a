// What each environment takes from its account, as `generate` lists it: by the names that hold there.
import { expect, test } from '@jest/globals'
import { byEnvironment } from '../../../generator/output/prerequisites.ts'
import { parseConfig } from '../../../generator/read.ts'

const config = (rest: string) => `
name: shop
domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }
services:
  web:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/web:1
    port: 8080
    paths: [/]
    secrets: { URL: "shop/{environment}/database:url", KEY: shop/key }
  mails:
    image: 111111111111.dkr.ecr.{region}.amazonaws.com/mails:1
    scale: { queue: { arn: "arn:aws:sqs:{region}:{account}:mails", messagesPerTask: 10 } }
api:
  auth: { users: { jwt: { issuer: https://idp.example.com/, audience: [shop] } } }
${rest}`

const listed = (text: string): string => byEnvironment(parseConfig(text, 'portcullis.yaml').model).join('\n')

test('zone, images, secrets and queues, with the values of each environment', () => {
  expect(
    listed(
      config(
        'environments:\n  dev: { region: eu-west-1, parameters: { HostedZoneId: Z1111111111AAAAAAAAAA, DomainName: dev.example.com }, services: { web: { secrets: { KEY: other/key } } } }\n  prod: { region: eu-west-1 }\n',
      ),
    ),
  ).toBe(
    [
      'Before the first deployment, have in the account and region of each environment:',
      '       dev: hosted zone Z1111111111AAAAAAAAAA; images of web, mails; secrets other/key, shop/dev/database; queue of mails',
      '       prod: hosted zone Z0123456789ABCDEFGHIJ; images of web, mails; secrets shop/key, shop/prod/database; queue of mails',
    ].join('\n'),
  )
})

test('nothing without environments', () => {
  expect(listed(config('').replaceAll('{environment}', 'one'))).toBe('')
})
