// The declarations of the command line: what each flag says, and how a flag is printed for a shell.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bareFlags, declarationsOfFlags } from '../../generator/commands/flags.ts'
import { doors, facets } from '../../verifier/declarations.ts'
import { quoted, shellWord } from '../../verifier/judge/shell-words.ts'
import { seed } from '../support/effort.ts'

const said = (flags: Parameters<typeof declarationsOfFlags>[0]) => {
  const found = declarationsOfFlags(flags)
  if ('wrong' in found) throw new Error(found.wrong)
  return found
}

test.each([
  ['exec', { door: 'exec' }],
  ['exec:OrdersService', { door: 'exec', name: 'OrdersService' }],
  ['group-editors:AdminRole', { door: 'group-editors', name: 'AdminRole' }],
  ['caller:Orders/Billing', { door: 'caller', name: 'Orders/Billing' }],
  ['egress:sg-0123456789abcdef0:5432', { door: 'egress', name: 'sg-0123456789abcdef0:5432' }],
  ['egress:2001:db8::/32:443', { door: 'egress', name: '2001:db8::/32:443' }],
  ['shared-service:Orders', { door: 'shared-service', name: 'Orders' }],
])('--allow %s', (flag, expected) => {
  expect(said({ allow: [flag] }).allow).toEqual([expected])
})

test.each([
  ['GET /orders', { key: 'GET /orders' }],
  ['$default', { key: '$default' }],
  ['ANY /orders/{proxy+}', { key: 'ANY /orders/{proxy+}' }],
  ['HttpApi:GET /orders', { api: 'HttpApi', key: 'GET /orders' }],
  ['HttpApi:$default', { api: 'HttpApi', key: '$default' }],
  ['template.yaml/ApiStack/HttpApi:ANY /a:b/{c}', { api: 'template.yaml/ApiStack/HttpApi', key: 'ANY /a:b/{c}' }],
  // A colon in a path names no API, nor does one that no route key follows.
  ['GET /a:b', { key: 'GET /a:b' }],
  ['GET /a:GET /b', { key: 'GET /a:GET /b' }],
  ['chat:message', { key: 'chat:message' }],
])('--open-route %s', (flag, expected) => {
  expect(said({ openRoute: [flag] }).openRoutes).toEqual([expected])
})

test.each([
  ['PeerGroup.ingress=none', 'PeerGroup', 'ingress', 'none'],
  ['${Net}-Group.carriers=Link', '${Net}-Group', 'carriers', 'Link'],
  [
    'arn:aws:acm:eu-west-1:111111111111:certificate/a.covers=*.example.com',
    'arn:aws:acm:eu-west-1:111111111111:certificate/a',
    'covers',
    '*.example.com',
  ],
  ['template.yaml/Net/Vpc.value=a.value=b', 'template.yaml/Net/Vpc', 'value', 'a.value=b'],
  ['{{resolve:ssm:/a/b}}.value=sg-1', '{{resolve:ssm:/a/b}}', 'value', 'sg-1'],
  ['Role.Arn.rights=none', 'Role.Arn', 'rights', 'none'],
  ['a=b.opens=none', 'a=b', 'opens', 'none'],
])('--assume %s', (flag, name, facet, value) => {
  expect(said({ assume: [flag] }).assume).toEqual([{ name, facet, value }])
})

test('--parameter keeps everything after the first equals sign', () => {
  expect([...said({ parameter: ['A=b=c', 'D='] }).parameters]).toEqual([
    ['A', 'b=c'],
    ['D', ''],
  ])
})

test.each([
  [{ allow: ['window'] }, /choose one of exec, .*caller, egress, shared-service/],
  [{ allow: ['exec:'] }, /write exec:NAME/],
  [{ allow: ['caller:Orders'] }, /write caller:CLIENT\/TARGET/],
  [{ allow: ['egress:Peer'] }, /write egress:PEER:PORT/],
  [{ allow: ['egress:Peer:0'] }, /write egress:PEER:PORT/],
  [{ allow: ['egress:Peer:70000'] }, /write egress:PEER:PORT/],
  [{ openRoute: [' '] }, /key of a route/],
  [{ assume: ['P.colour=red'] }, /the facet is one of ingress, .*opens/],
  [{ assume: ['P'] }, /NAME\.FACET=VALUE/],
  [{ assume: ['.value=x'] }, /NAME\.FACET=VALUE/],
  [{ assume: ['P.value='] }, /NAME\.FACET=VALUE/],
  ...['ingress', 'egress', 'routes', 'rights', 'opens'].map(
    (facet) => [{ assume: [`P.${facet}=all`] }, new RegExp(`for ${facet}, only "none"`)] as const,
  ),
  [{ assume: ['G.targets=none'] }, /for targets, only "elsewhere"/],
  [{ parameter: ['P'] }, /NAME=VALUE/],
  [{ parameter: ['P=1', 'P=2'] }, /two values/],
])('%j is wrong usage', (flags, message) => {
  expect(() => said(flags)).toThrow(message)
})

test('every door and facet can be said, and a flag that means more than one thing is found', () => {
  expect(said({ allow: doors }).allow.map(({ door }) => door)).toEqual([...doors])
  expect(
    said({ assume: facets.map((facet) => `X.${facet}=${facet === 'targets' ? 'elsewhere' : 'none'}`) }).assume.map(
      ({ facet }) => facet,
    ),
  ).toEqual([...facets])
  expect(bareFlags(said({ allow: ['exec', 'vpn:Gateway'], openRoute: ['GET /a', 'Api:GET /b'] }))).toEqual([
    '--open-route GET /a',
    '--allow exec',
  ])
})

describe('a printed flag can be pasted', () => {
  test.each([
    ['--allow', 'exec', '--allow exec'],
    ['--assume', '${Net}-Group.ingress=none', "--assume '${Net}-Group.ingress=none'"],
    ['--open-route', 'Api:GET /a', "--open-route 'Api:GET /a'"],
    ['--assume', 'arn:aws:iam::1:role/x.rights=none', '--assume arn:aws:iam::1:role/x.rights=none'],
    ['--assume', "it's.opens=none", String.raw`--assume 'it'\''s.opens=none'`],
    ['--assume', '-x.opens=none', '--assume=-x.opens=none'],
    ['--parameter', 'A=\u001b', String.raw`--parameter $'A=\033'`],
  ])('%s %j', (flag, value, expected) => {
    expect(quoted(flag, value)).toBe(expected)
  })

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom(...'aZ09 \t\n\'"\\$`!*?[]{}()<>|&;#~=%^-,.:/@+é\u001b\u009b\u202e\ufeff'),
      maxLength: 12,
    }),
  )
  const values = fc
    .sample(text, { numRuns: 2000, seed })
    .filter((each) => !each.includes('\0') && !/\p{Cs}/u.test(each))

  test('bash takes the word as it is', () => {
    const script = `printf '%s\\0' ${values.map(shellWord).join(' ')}`
    const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8', maxBuffer: 1e8 })
    expect(status).toBe(0)
    expect(stdout.split('\0').slice(0, -1)).toEqual(values)
    expect(values.length).toBeGreaterThan(1500)
  })

  test('so does a POSIX shell, when every character can be seen', () => {
    const seen = values.filter((each) => !shellWord(each).startsWith('$'))
    const script = `printf '%s\\0' ${seen.map(shellWord).join(' ')}`
    const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 1e8 })
    expect(status).toBe(0)
    expect(stdout.split('\0').slice(0, -1)).toEqual(seen)
    expect(seen.length).toBeGreaterThan(300)
  })

  test('what is printed holds no character that is not seen', () => {
    expect(values.map((each) => quoted('--assume', each)).join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })
})
