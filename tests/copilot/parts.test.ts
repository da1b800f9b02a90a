// What Copilot did with schedules, command lines, durations and environments, so that the config does the same.
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { isPlaceholder } from '../../generator/config/placeholders.ts'
import { variableOf } from '../../generator/copilot/addons/index.ts'
import { fromCopilot } from '../../generator/copilot/index.ts'
import { interpolate } from '../../generator/copilot/interpolate.ts'
import { keysOf } from '../../generator/copilot/names.ts'
import { milliseconds } from '../../generator/copilot/value.ts'
import { pathsOf } from '../../generator/copilot/workload/http.ts'
import { converted } from '../../generator/copilot/workload/schedule.ts'
import { offered } from '../../generator/copilot/workload/size.ts'
import { shellWords } from '../../generator/copilot/workload/words.ts'

test.each([
  ['@hourly', 'cron(0 * * * ? *)'],
  ['@weekly', 'cron(0 0 ? * 1 *)'],
  ['@yearly', 'cron(0 0 1 1 ? *)'],
  ['@every 1h30m', 'rate(90 minutes)'],
  ['@every 1m', 'rate(1 minute)'],
  ['@every 90s', undefined],
  ['0 2 * * *', 'cron(0 2 * * ? *)'],
  // Sunday is the first day in EventBridge, and 0 or 7 in cron.
  ['30 4 * * 1-5', 'cron(30 4 ? * 2-6 *)'],
  ['0 0 * * 0', 'cron(0 0 ? * 1 *)'],
  ['0 0 * * 7', 'cron(0 0 ? * 1 *)'],
  ['0 9 * * TUE-SAT', 'cron(0 9 ? * TUE-SAT *)'],
  // A step in the day was lost, so the job ran every day.
  ['0 0 */2 * *', 'cron(0 0 * * ? *)'],
  ['0 12 1 * 0', undefined],
  ['rate(5 minutes)', 'rate(5 minutes)'],
  ['sometimes', undefined],
])('the schedule %s is %s', (written, expression) => {
  expect(converted(written)?.expression).toBe(expression)
})

test.each([
  ['node server.js', ['node', 'server.js']],
  [`sh -c 'a "b" c' "d e"`, ['sh', '-c', 'a "b" c', 'd e']],
  ['a\\ b "" c', ['a b', '', 'c']],
  ['  ', []],
])('the command line %s has the words %j', (line, words) => {
  expect(shellWords(line)).toEqual(words)
})

test.each([
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['1.5s', 1500],
  ['5', undefined],
  ['soon', undefined],
])('the duration %s has %s milliseconds', (text, found) => {
  expect(milliseconds({ kind: 'scalar', text, at: { file: '', line: 1, path: [] } })).toBe(found)
})

test.each([
  ['/', ['/', '/*']],
  ['api', ['/api', '/api/*']],
  ['/api/', ['/api', '/api/*']],
  ['/api/*', ['/api', '/api/*']],
])('the path %s is %j', (written, paths) => {
  expect(pathsOf(written)).toEqual(paths)
})

test('sizes that Fargate does not offer become the next larger one', () => {
  expect(offered(256, 512)).toEqual({ cpu: 256, memory: 512 })
  expect(offered(256, 4096)).toEqual({ cpu: 512, memory: 4096 })
  expect(offered(300, 700)).toEqual({ cpu: 512, memory: 1024 })
  expect(offered(99_999, 1)).toEqual({ cpu: 16_384, memory: 122_880 })
})

test('names of the shell are not known, and an escaped one is text', () => {
  const names = { application: 'shop', environment: 'test' }
  expect(interpolate('/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/${TAG}/\\${HOME}', names)).toEqual({
    text: '/shop/test/replace-me/${HOME}',
    unknown: ['TAG'],
  })
})

test.each([
  ['usersTableName', 'USERS_TABLE_NAME'],
  ['DBEndpoint', 'DB_ENDPOINT'],
  ['shopdbSecretArn', 'SHOPDB_SECRET_ARN'],
  ['MyDDBTableWithLSI', 'MY_DDB_TABLE_WITH_LSI'],
])('the output %s of an addon is the variable %s', (output, variable) => {
  expect(variableOf(output)).toBe(variable)
})

test('names that would be one key get two', () => {
  expect([...keysOf(['Api_1', 'api-1', 'a'.repeat(40), 'a'.repeat(41)]).values()]).toEqual([
    'api-1',
    'api-1-2',
    'a'.repeat(24),
    `${'a'.repeat(21)}-2`,
  ])
})

const configOf = (manifest: string) =>
  parse(fromCopilot({ 'copilot/.workspace': 'application: shop', 'copilot/web/manifest.yml': manifest }).config ?? '')

const WEB =
  'name: web\ntype: Load Balanced Web Service\nimage: { build: Dockerfile, port: 80 }\nhttp: { path: / }\nvariables: { A: 1, B: 2 }\n'

test('in an environment, maps merge, lists and other forms replace', () => {
  const { services, environments } = configOf(
    `${WEB}count: 3\nenvironments:\n  prod: { count: { range: 1-4, cpu_percentage: 60 }, variables: { B: 3 }, image: { location: 'registry.example.com/web:1' } }\n`,
  )
  // An environment has no metrics of its own, and a fixed number of tasks does not mind.
  expect(services.web.scale).toEqual({ min: 3, max: 3, cpu: 60 })
  expect(services.web.environment).toEqual({ A: '1', B: '2' })
  expect(environments.prod.services.web).toEqual({
    image: 'registry.example.com/web:1',
    scale: { min: 1, max: 4 },
    environment: { B: '3' },
  })
})

test('numbers and words stay the text that a container saw', () => {
  const { services } = configOf(
    `${WEB.replace('{ A: 1, B: 2 }', '{ A: False, B: 012, C: 1.10, D: 0x1F, E: yes, F: "quoted" }')}`,
  )
  expect(services.web.environment).toEqual({ A: 'False', B: '012', C: '1.10', D: '0x1F', E: 'yes', F: 'quoted' })
})

test('a public image, or a public address in a variable, asks for NAT; what is near does not', () => {
  const egress = (variable: string) => configOf(WEB.replace('A: 1', `A: "${variable}"`)).network?.egress
  expect(egress('https://api.example.com/v1')).toBe('nat')
  for (const near of [
    'http://localhost:80',
    'http://orders:80/x',
    'https://sqs.eu-west-1.amazonaws.com/1',
    'http://10.0.0.1',
    'http://api.test.shop.local',
    'no address',
  ])
    expect([near, egress(near)]).toEqual([near, undefined])
})

test('ids of the import are known as placeholders, and those of an account are not', () => {
  for (const id of [
    'sg-00000000000000000',
    'sg-00000000000000002',
    'fs-00000000000000000',
    'arn:aws:sqs:eu-west-1:000000000000:replace-me',
  ])
    expect([id, isPlaceholder(id)]).toEqual([id, true])
  for (const id of ['sg-00000000', 'sg-0000000000000000a', 'vpc-00000000000000001', '000000000001'])
    expect([id, isPlaceholder(id)]).toEqual([id, false])
})

test('a placeholder for a security group is asked for, with what the tasks were in', () => {
  const { services } = configOf(`${WEB}network: { vpc: { security_groups: [sg-0123456789abcdef0] } }\n`)
  expect(services.web.reaches).toEqual([{ securityGroup: 'sg-00000000000000000', port: 5432 }])
})

test('a private service that nobody names is called by those that the API reaches', () => {
  const backend = 'name: backend\ntype: Backend Service\nimage: { build: Dockerfile, port: 3000 }\n'
  const { services } = parse(
    fromCopilot({ 'copilot/web/manifest.yml': WEB, 'copilot/backend/manifest.yml': backend }).config ?? '',
  )
  expect(services.backend.private).toBe(true)
  expect(services.web.reaches).toEqual([{ service: 'backend' }])
  // Nothing of it is published.
  expect(services.backend.paths).toBeUndefined()
})
