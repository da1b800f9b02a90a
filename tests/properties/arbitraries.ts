/**
 * Valid configs over the whole key space, as plain objects: what they say must generate, whatever it is.
 * Each part is chosen freely, then what depends on it follows, so that nothing has to be filtered away.
 */
import fc from 'fast-check'
import { Document } from 'yaml'
import { VPC_LINK_ZONE_IDS } from '../../generator/aws/vpc-link-zones.ts'

type Plain = Record<string, unknown>
type Pick = {
  readonly flag: () => boolean
  readonly number: (min: number, max: number) => number
  readonly one: <Value>(...values: readonly Value[]) => Value
  readonly some: <Value>(values: readonly Value[], min?: number, max?: number) => Value[]
}

const HOME_REGION = 'eu-west-1'
const HOME_ACCOUNT = '111111111111'
const KEY_OF_HOME = `arn:aws:kms:${HOME_REGION}:${HOME_ACCOUNT}:key/12345678-90ab-cdef-1234-567890abcdef`
const ACCOUNTS = [HOME_ACCOUNT, '222222222222', '333333333333', '012345678901']
const SIZES: readonly (readonly [number, number])[] = [
  [256, 512],
  [256, 2048],
  [512, 1024],
  [1024, 8192],
  [2048, 5120],
  [4096, 30_720],
  [8192, 61_440],
  [16_384, 32_768],
]
const TEXTS = [
  'info',
  'on',
  'no',
  '012',
  '1.10',
  '2010-09-09',
  '',
  ' ',
  'a: b',
  '${NotAReference}',
  '{{resolve:ssm:x}}',
  '!Ref x',
  "it's",
  'ünïcödé ✓',
  'two\nlines',
  '"',
  '~',
  '{region}',
  '0x1F',
  '22:22',
]

/** Keys that are left out half of the time. */
const maybe = (pick: Pick, key: string, value: () => unknown): Plain => (pick.flag() ? { [key]: value() } : {})

const imageOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): string => {
  const ecr = `${pick.one(...ACCOUNTS)}.dkr.ecr.${fixed && pick.flag() ? HOME_REGION : '{region}'}.amazonaws.com/team/app-${pick.number(0, 9)}`
  const tagged = `${ecr}${pick.one(':1.4.2', ':latest', `@sha256:${'a1'.repeat(32)}`, '')}`
  return endpointsOnly
    ? tagged
    : pick.one(tagged, 'nginx', 'nginx:1.27', 'public.ecr.aws/nginx/nginx:1.27', 'registry.example.com:5000/x/y_z:1')
}

/** An image of a registry that asks for a password, and now and then the password. */
const pulledOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): Plain => {
  const image = imageOf(pick, endpointsOnly, fixed)
  return {
    image,
    ...(image.includes('.dkr.ecr.')
      ? {}
      : maybe(pick, 'registryCredentials', () =>
          pick.one(
            'arn:aws:secretsmanager:{region}:{account}:secret:{environment}/registry',
            'arn:aws:secretsmanager:{region}:{account}:secret:registry-AbCdEf',
            ...(fixed ? [`arn:aws:secretsmanager:${HOME_REGION}:${HOME_ACCOUNT}:secret:registry`] : []),
          ),
        )),
  }
}

const pathsOf = (pick: Pick, key: string): string[] =>
  pick.some(
    [
      `/${key}`,
      `/${key}/*`,
      `/${key}/a`,
      `/${key}/a/*`,
      `/${key}/a/b/c/*`,
      `/${key}.json`,
      `/me/~${key}`,
      `/${key}/B`,
      `/${key}/c/d`,
      `/${key}/e`,
      `/${key}/f`,
      `/${key}/v1.0/*`,
      `/v2/${key}/*`,
    ],
    1,
    13,
  )

/** How the container runs: each key by itself. */
const containerOf = (pick: Pick): Plain => ({
  ...maybe(pick, 'command', () => ['node', pick.one(...TEXTS)]),
  ...maybe(pick, 'entrypoint', () => pick.one(['/bin/tini', '--'], ['/entry.sh'])),
  ...maybe(pick, 'user', () => pick.one('app', '1000', '1000:1000', 'www-data:0')),
  ...maybe(pick, 'workingDirectory', () => pick.one('/', '/app', '/srv/my app')),
  // ECS Exec needs a file system that can be written.
  ...pick.one<Plain>({}, { readOnly: true }, { readOnly: false, exec: true }, { exec: false }),
  ...maybe(pick, 'dropCapabilities', () => pick.some(['ALL', 'NET_RAW', 'SYS_PTRACE'])),
  ...maybe(pick, 'ephemeralStorage', () => pick.one(21, 100, 200)),
  ...maybe(pick, 'stopTimeoutSeconds', () => pick.one(1, 30, 120)),
})

const environmentOf = (pick: Pick): Plain =>
  Object.fromEntries(
    pick
      .some(['LOG_LEVEL', '_x', 'A1', 'path', 'TZ'])
      .map((name) => [name, pick.one<unknown>(...TEXTS, 8080, 1.5, true, false)]),
  )

/** Variables that are secrets, and now and then the key that they are encrypted with. */
const secretKeysOf = (pick: Pick, fixed: boolean): Plain => {
  const secrets = secretsOf(pick, fixed)
  return {
    secrets,
    ...(Object.keys(secrets).length === 0
      ? {}
      : maybe(pick, 'secretsKey', () =>
          fixed ? KEY_OF_HOME : 'arn:aws:kms:{region}:{account}:key/mrk-1234567890abcdef1234567890abcdef',
        )),
  }
}

const secretsOf = (pick: Pick, fixed: boolean): Plain =>
  Object.fromEntries(pick.some(['DATABASE_URL', 'API_KEY', 'TOKEN']).map((name) => [name, secretOf(pick, name, fixed)]))

/** With ports that no service has, and sizes that leave something of the smallest task. */
const sidecarsOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): Plain =>
  Object.fromEntries(
    pick.some(['otel', 'log-router', 'proxy2']).map((name, index) => [
      name,
      {
        ...pulledOf(pick, endpointsOnly, fixed),
        ...maybe(pick, 'command', () => ['--config', pick.one(...TEXTS)]),
        ...maybe(pick, 'environment', () => environmentOf(pick)),
        ...maybe(pick, 'secrets', () => secretsOf(pick, fixed)),
        ...maybe(pick, 'port', () => 4317 + index),
        ...maybe(pick, 'essential', pick.flag),
        ...maybe(pick, 'startsBefore', pick.flag),
        ...maybe(pick, 'cpu', () => pick.one(1, 64)),
        ...maybe(pick, 'memory', () => pick.one(6, 128)),
      },
    ]),
  )

/** What exists is in one account and region. */
const volumesOf = (pick: Pick, fixed: boolean): Plain =>
  Object.fromEntries(
    pick.some(['data', 'cache-2', 'endpoints']).map((name) => [
      name,
      {
        path: `/mnt/${name}`,
        efs:
          fixed && pick.flag()
            ? {
                id: 'fs-0123456789abcdef0',
                ...maybe(pick, 'accessPoint', () => 'fsap-0123456789abcdef0'),
              }
            : 'new',
        ...maybe(pick, 'readOnly', pick.flag),
      },
    ]),
  )

/** What a service reaches, with the words that its parameters are named after. */
const REACHED = [
  { securityGroup: 'sg-0123456789abcdef0', port: 5432 },
  { name: 'orders-db', securityGroup: 'sg-0fedcba987654321f', port: 5432, admit: false },
  { securityGroup: 'sg-12345678', port: 65_535, admit: true },
  { cidr: '10.9.0.0/16', port: 5432 },
  { name: 'a', cidr: '203.0.113.8/32', port: 443 },
] as const

/** Parameters of the groups that the services reach: each place has groups of its own. */
const reachedGroups = (tasks: Plain): string[] =>
  Object.entries(tasks).flatMap(([key, service]) =>
    (((service as Plain)['reaches'] ?? []) as (typeof REACHED)[number][]).flatMap((each) =>
      'securityGroup' in each ? [`${idOf(key)}Reaches${'name' in each ? idOf(each.name) : each.port}Group`] : [],
    ),
  )

const idOf = (key: string): string =>
  key
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

const healthOf = (pick: Pick, isWorker: boolean): Plain => ({
  ...(isWorker
    ? {}
    : {
        ...maybe(pick, 'path', () => pick.one('/', '/health', '/health?deep=1')),
        ...maybe(pick, 'statuses', () => pick.one('200', '200-299', '200,204')),
        ...maybe(pick, 'healthyThreshold', () => pick.number(2, 10)),
      }),
  ...maybe(pick, 'intervalSeconds', () => pick.one(6, 30, 300)),
  ...maybe(pick, 'timeoutSeconds', () => pick.one(2, 5)),
  ...maybe(pick, 'unhealthyThreshold', () => pick.number(2, 10)),
  ...maybe(pick, 'gracePeriodSeconds', () => pick.one(0, 300, 7200)),
})

const checkOf = (pick: Pick): string[] =>
  pick.one(['CMD-SHELL', 'curl -f http://localhost || exit 1'], ['CMD', '/check', ''])

/** By the load on the tasks, or by a queue. */
const scaleOf = (pick: Pick, fixed: boolean, isWorker: boolean): Plain => {
  const byQueue = isWorker && pick.flag()
  const min = pick.number(byQueue ? 0 : 1, 6)
  const queue = fixed
    ? `arn:aws:sqs:${HOME_REGION}:${HOME_ACCOUNT}:mails`
    : pick.one('arn:aws:sqs:{region}:{account}:mails', 'arn:aws:sqs:{region}:{account}:{environment}-mails.fifo')
  return {
    min,
    max: Math.max(1, min + pick.one(0, 1, 4, 40)),
    ...(byQueue
      ? {
          queue: { arn: queue, messagesPerTask: pick.one(1, 100, 1_000_000) },
          ...maybe(pick, 'cooldownSeconds', () => ({ in: pick.number(0, 600) })),
        }
      : {
          ...maybe(pick, 'cpu', () => pick.number(1, 100)),
          ...maybe(pick, 'memory', () => pick.number(1, 100)),
          ...(isWorker ? {} : maybe(pick, 'requestsPerTarget', () => pick.number(1, 2000))),
          ...maybe(pick, 'cooldownSeconds', () => ({
            ...maybe(pick, 'in', () => pick.number(0, 600)),
            ...maybe(pick, 'out', () => pick.number(0, 600)),
          })),
        }),
    ...maybe(pick, 'schedule', () =>
      pick.some(['0 8 ? * MON-FRI *', '*/5 0 L * ? 2027', '0 20 ? * 2#1 *']).map((cron) => ({
        cron,
        ...maybe(pick, 'timezone', () => pick.one('Europe/Berlin', 'UTC')),
        ...pick.one({ min: 4, max: 20 }, { min: 0, max: 0 }),
      })),
    ),
  }
}

const serviceOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean, isWorker: boolean): Plain => {
  const [cpu, memory] = pick.one(...SIZES)
  const check = pick.flag() ? { command: checkOf(pick) } : undefined
  return {
    ...pulledOf(pick, endpointsOnly, fixed),
    ...(isWorker
      ? {}
      : {
          port: pick.one(1, 80, 3000, 8080, 65_535),
          ...maybe(pick, 'protocol', () => pick.one('http', 'https')),
        }),
    ...(pick.flag() ? { cpu, memory } : {}),
    ...(pick.flag() ? containerOf(pick) : {}),
    ...maybe(pick, 'init', () => ({ command: pick.one(['node', 'migrate.js'], ['SUCCESS']) })),
    ...maybe(pick, 'sidecars', () => sidecarsOf(pick, endpointsOnly, fixed)),
    ...maybe(pick, 'volumes', () => volumesOf(pick, fixed)),
    ...maybe(pick, 'architecture', () => pick.one('arm64', 'x86_64')),
    ...(isWorker && !check ? {} : maybe(pick, 'health', () => ({ ...healthOf(pick, isWorker), ...check }))),
    ...maybe(pick, 'scale', () => scaleOf(pick, fixed, isWorker)),
    ...maybe(pick, 'spot', () => pick.one(0, 30, 100)),
    ...maybe(pick, 'deployment', () => ({
      ...maybe(pick, 'strategy', () => 'rolling'),
      ...pick.one<Plain>({}, { minimumHealthyPercent: 0, maximumPercent: 100 }, { minimumHealthyPercent: 50 }),
      ...(isWorker ? {} : maybe(pick, 'alarms', pick.flag)),
    })),
    ...maybe(pick, 'environment', () => environmentOf(pick)),
    ...maybe(pick, 'reaches', () => pick.some(REACHED).map((each) => ({ ...each }))),
    ...(pick.flag() ? secretKeysOf(pick, fixed) : {}),
    ...maybe(pick, 'permissions', () => permissionsOf(pick, endpointsOnly)),
    ...policiesOf(pick, endpointsOnly),
  }
}

/** Data of other services, with and without endpoints of their own. */
const permissionsOf = (pick: Pick, endpointsOnly: boolean): Plain[] =>
  // YAML would write the same object twice as an alias.
  structuredClone([
    ...pick.some(GRANTED),
    ...(endpointsOnly
      ? []
      : pick.some<Plain>([{ actions: ['route53:List*', 'ce:GetCostAndUsage'], resources: ['*'] }])),
  ])

/** Managed policies, and the endpoints that they need. */
const policiesOf = (pick: Pick, endpointsOnly: boolean): Plain => ({
  ...maybe(pick, 'policies', () =>
    pick.some([
      'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess',
      'arn:aws:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs',
      'arn:aws:iam::{account}:policy/team/{environment}-orders',
    ]),
  ),
  ...(endpointsOnly ? maybe(pick, 'endpoints', () => pick.some(['dynamodb', 's3', 'sqs', 'logs', 'execute-api'])) : {}),
})

const GRANTED: readonly Plain[] = [
  { actions: ['sqs:SendMessage', 'sqs:Get*'], resources: ['arn:aws:sqs:{region}:{account}:{environment}-mails'] },
  { actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::my-bucket/*'] },
  { actions: ['s3:ListBucket', 'kms:Decrypt'], resources: ['*'] },
  { actions: ['dynamodb:*'], resources: ['arn:aws:dynamodb:{region}:{account}:table/orders'] },
  { actions: ['secretsmanager:GetSecretValue'], resources: ['arn:aws:secretsmanager:{region}:{account}:secret:x-*'] },
  { actions: ['rds-db:connect'], resources: ['arn:aws:rds-db:{region}:{account}:dbuser:*/orders'] },
  { actions: ['lambda:InvokeFunction', 'states:StartExecution'], resources: ['*'] },
]

/** Another one that is named in the same way, and reads the same key. */
const secretLike = (pick: Pick, written: string): string =>
  pick.one(written, written.replace(/app|team|db|\{environment\}/, 'other'))

/** What an environment says of services or jobs: each value by itself, sizes in pairs. `more`: what only one kind has. */
const taskValuesOf = (pick: Pick, tasks: Plain, more: () => Plain): Plain =>
  Object.fromEntries(
    pick.some(Object.keys(tasks)).map((key) => {
      const task = tasks[key] as {
        image: string
        registryCredentials?: string
        environment?: Plain
        secrets?: Record<string, string>
      }
      const { registryCredentials: credentials = '{account}' } = task
      const [cpu, memory] = pick.one(...SIZES)
      return [
        key,
        {
          ...maybe(pick, 'image', () => task.image),
          ...(credentials.includes('{account}')
            ? {}
            : maybe(pick, 'registryCredentials', () => credentials.replace('registry', 'other'))),
          ...(pick.flag() ? { cpu, memory } : {}),
          ...more(),
          ...maybe(pick, 'environment', () =>
            Object.fromEntries(
              pick
                .some([...Object.keys(task.environment ?? {}), 'ONLY_HERE'])
                .map((name) => [name, pick.one<unknown>(...TEXTS, 8080, false)]),
            ),
          ),
          ...maybe(pick, 'secrets', () => ({
            ...Object.fromEntries(
              pick
                // Not every environment says which account it is.
                .some(Object.entries(task.secrets ?? {}).filter(([, text]) => !text.includes('{account}')))
                .map(([name, text]) => [name, secretLike(pick, text)]),
            ),
            ...maybe(pick, 'ALSO_ONLY_HERE', () => pick.one('/only/{region}', '/only/here')),
          })),
        },
      ]
    }),
  )

const serviceValuesOf = (pick: Pick, services: Plain): Plain =>
  taskValuesOf(pick, services, () => {
    const min = pick.number(1, 6)
    return maybe(pick, 'scale', () => pick.one({ min, max: min + pick.number(0, 4) }, { min: 0, max: 0 }))
  })

const jobValuesOf = (pick: Pick, jobs: Plain): Plain =>
  taskValuesOf(pick, jobs, () => ({
    ...maybe(pick, 'schedule', () => scheduleOf(pick)),
    ...maybe(pick, 'enabled', pick.flag),
  }))

/** Names and placeholders are right everywhere, ARNs with an account and a region only there. */
const secretOf = (pick: Pick, name: string, fixed: boolean): string =>
  pick.one(
    `/app/${name}`,
    `/{environment}/${name}`,
    'team/db',
    '{environment}/db:password',
    'db:user-name',
    'arn:aws:secretsmanager:{region}:{account}:secret:db-{environment}',
    'arn:aws:ssm:{region}:{account}:parameter/app',
    ...(fixed
      ? [
          `arn:aws:secretsmanager:${HOME_REGION}:${HOME_ACCOUNT}:secret:db`,
          `arn:aws:secretsmanager:${HOME_REGION}:${HOME_ACCOUNT}:secret:team/db-AbCdEf:password::`,
          `arn:aws:ssm:${HOME_REGION}:${HOME_ACCOUNT}:parameter/app/${name}`,
        ]
      : []),
  )

/** What only other services reach: with a port, and without what a load balancer or a queue gives a meaning. */
const backendOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): Plain => {
  const { scale, ...service } = serviceOf(pick, endpointsOnly, fixed, true)
  return {
    ...service,
    ...(scale === undefined || 'queue' in (scale as Plain) ? {} : { scale }),
    port: pick.one(1, 3000, 65_535),
    private: true,
    ...maybe(pick, 'protocol', () => pick.one('http', 'https')),
  }
}

const reaching = (service: Plain, more: readonly Plain[]): Plain => {
  const reaches = [...((service['reaches'] as Plain[] | undefined) ?? []), ...more]
  return reaches.length === 0 ? service : { ...service, reaches }
}

/** Where not every port of the internet is open, some tasks open further ones. */
const reachingOut = (pick: Pick, narrowed: boolean, tasks: Plain): Plain =>
  narrowed
    ? Object.fromEntries(
        Object.entries(tasks).map(([key, task]) => [
          key,
          reaching(
            task as Plain,
            pick.some([8883, 25]).map((internet) => ({ internet })),
          ),
        ]),
      )
    : tasks

const servicesOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): Plain => {
  const keys = pick.some(['orders', 'status', 'order-items', 'a', 'web2', 'vpc-link'], 1, 3)
  const catchAll = pick.flag() ? pick.one(...keys) : undefined
  // Only later ones are called, so that there is no circle.
  const callees = keys.map((_, index) => pick.some(keys.slice(index + 1)))
  const calls = (called: readonly string[]): Plain[] => called.map((service) => ({ service }))
  const isPrivate = new Map(keys.map((key) => [key, callees.some((called) => called.includes(key)) && pick.flag()]))
  const services = keys.map((key, index): [string, Plain] => {
    const paths = [...pathsOf(pick, key), ...(key === catchAll ? pick.some(['/', '/*'], 1, 2) : [])]
    const service = isPrivate.get(key)
      ? backendOf(pick, endpointsOnly, fixed)
      : {
          ...serviceOf(pick, endpointsOnly, fixed, false),
          ...([...isPrivate.values()].filter((each) => !each).length === 1 && pick.flag() ? {} : { paths }),
        }
    return [key, reaching(service, calls(callees[index] ?? []))]
  })
  const workers = pick
    .some(['mails', 'order-queue'], 0, pick.one(0, 2))
    .map((key): [string, Plain] => [key, reaching(serviceOf(pick, endpointsOnly, fixed, true), calls(pick.some(keys)))])
  return Object.fromEntries([...services, ...workers])
}

const scheduleOf = (pick: Pick): string =>
  pick.one('cron(0 2 * * ? *)', 'cron(*/5 8-18 ? * MON-FRI *)', 'rate(1 minute)', 'rate(12 hours)')

const withoutShell = ({ exec: _, ...container }: Plain): Plain => container

/** Jobs start tasks as services do, with a schedule instead of what stands in front of them. */
const jobsOf = (pick: Pick, endpointsOnly: boolean, fixed: boolean): Plain =>
  Object.fromEntries(
    pick.some(['nightly', 'clean-up'], 1, 2).map((key) => {
      const [cpu, memory] = pick.one(...SIZES)
      return [
        key,
        {
          ...pulledOf(pick, endpointsOnly, fixed),
          schedule: scheduleOf(pick),
          ...maybe(pick, 'timezone', () => pick.one('Europe/Berlin', 'UTC')),
          ...maybe(pick, 'enabled', pick.flag),
          ...maybe(pick, 'retries', () => pick.number(0, 10)),
          ...maybe(pick, 'timeoutMinutes', () => pick.one(1, 90, 10_080)),
          ...(pick.flag() ? { cpu, memory } : {}),
          ...(pick.flag() ? withoutShell(containerOf(pick)) : {}),
          ...maybe(pick, 'architecture', () => pick.one('arm64', 'x86_64')),
          ...maybe(pick, 'environment', () => environmentOf(pick)),
          ...(pick.flag() ? secretKeysOf(pick, fixed) : {}),
          ...maybe(pick, 'reaches', () => pick.some(REACHED).map((each) => ({ ...each }))),
          ...maybe(pick, 'permissions', () => permissionsOf(pick, endpointsOnly)),
          ...policiesOf(pick, endpointsOnly),
          ...maybe(pick, 'init', () => ({ command: ['node', 'prepare.js'] })),
          ...maybe(pick, 'sidecars', () => sidecarsOf(pick, endpointsOnly, fixed)),
          ...maybe(pick, 'volumes', () => volumesOf(pick, fixed)),
        },
      ]
    }),
  )

const authOf = (pick: Pick, fixed: boolean): Plain =>
  Object.fromEntries(
    pick.some(['customers', 'machines', 'b2b-partners'], 0, 3).map((key) => [
      key,
      fixed && pick.flag()
        ? { lambda: `arn:aws:lambda:${HOME_REGION}:${HOME_ACCOUNT}:function:authorizer${pick.one('', ':live')}` }
        : {
            jwt: {
              issuer: pick.one(
                'https://idp.example.com/',
                'https://idp.example.com',
                'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC',
              ),
              audience: pick.some(['orders', 'web', '0123'], 1, 3),
            },
          },
    ]),
  )

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Routes under the paths of the services, with different letters, so that their logical IDs differ. */
const routesOf = (pick: Pick, services: Plain, auth: Plain, hasDefault: boolean, cors: boolean): Plain[] => {
  const patterns = Object.values(services)
    .filter((service) => (service as Plain)['port'] !== undefined && !(service as Plain)['private'])
    .flatMap((service) => ((service as Plain)['paths'] as string[] | undefined) ?? ['/*'])
  const under = patterns.flatMap((path) =>
    path.endsWith('/*')
      ? ['{proxy+}', '{id}', 'fixed', '{id}/parts/{part}', 'x-y'].map((end) => path.slice(0, -1) + end)
      : [path],
  )
  const distinct = [...new Map(under.map((path) => [letters(path), path])).values()]
  const methods = cors
    ? ['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
    : ['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  const names = Object.keys(auth)
  return pick.some(distinct, 1, 8).flatMap((path) =>
    pick.some(methods, 1, 2).map((method) => {
      const name = pick.one<string | undefined>(...names, 'iam', 'none', ...(hasDefault ? [undefined] : []))
      const isJwt = name !== undefined && (auth[name] as Plain | undefined)?.['jwt'] !== undefined
      return {
        route: `${method} ${path}`,
        ...(name === undefined ? {} : { auth: name }),
        ...(isJwt ? maybe(pick, 'scopes', () => pick.some(['read', 'orders.write', 'a:b'], 1, 3)) : {}),
      }
    }),
  )
}

const apiOf = (pick: Pick, services: Plain, fixed: boolean, anyLink: boolean): Plain => {
  const auth = authOf(pick, fixed)
  const names = Object.keys(auth)
  const cors = pick.flag()
  const defaultAuth = names.length === 1 && pick.flag() ? undefined : pick.one(...names, 'iam')
  const routes = pick.flag() ? routesOf(pick, services, auth, true, cors) : undefined
  const open = (routes ?? []).filter((route) => route['auth'] === 'none')
  const guarded = routes === undefined || open.length < routes.length
  const openByName = open.every((route) => !String(route['route']).includes('{'))
  return {
    ...(anyLink && pick.flag() ? { vpcLink: { id: 'abc123', securityGroup: 'sg-0ddddddddddddddd0' } } : {}),
    ...(names.length > 0 || pick.flag() ? { auth } : {}),
    ...(defaultAuth === undefined ? {} : { defaultAuth }),
    ...(routes === undefined ? {} : { routes }),
    ...(cors
      ? {
          cors: {
            origins: pick.one(['*'], ['https://app.example.com'], ['http://localhost:3000', 'https://app.example.com']),
          },
        }
      : {}),
    ...maybe(pick, 'throttle', () => ({
      ...maybe(pick, 'rate', () => pick.number(1, 10_000)),
      ...maybe(pick, 'burst', () => pick.number(1, 5000)),
    })),
    ...maybe(pick, 'timeoutSeconds', () => pick.number(1, 30)),
    ...(guarded && openByName ? maybe(pick, 'probe', () => pick.flag()) : {}),
  }
}

type Zone = 'own' | 'open' | 'manual' | 'role' | 'role-organization'

/** What the name is to the API: a domain of its own, a place on one that is made elsewhere, or nothing. */
type Front = 'own' | 'existing' | 'none'

/** Where neither the load balancer nor a custom domain is made here. */
const withoutCertificate = (pick: Pick, name: string, front: Front): Plain => ({
  name,
  ...(front === 'none' ? { publish: false } : { existing: true, ...maybe(pick, 'basePath', () => 'shop') }),
})

const domainOf = (pick: Pick, name: string, zone: Zone, front: Front, certificate: boolean): Plain => {
  const id = 'Z0123456789ABCDEFGHIJ'
  const role = {
    id,
    role: 'arn:aws:iam::222222222222:role/portcullis/dns-writer',
    ...maybe(pick, 'name', () => 'example.com'),
    ...maybe(pick, 'externalId', () => 'portcullis-1'),
  }
  const zones: Record<Zone, unknown> = {
    own: { id, ...maybe(pick, 'name', () => 'example.com') },
    open: undefined,
    manual: 'manual',
    role,
    'role-organization': { ...role, organization: 'o-abcd123456' },
  }
  const written = certificate && front !== 'own' ? undefined : zones[zone]
  const waits = zone.startsWith('role') && !certificate
  return {
    name,
    ...(certificate
      ? { certificate: `arn:aws:acm:${HOME_REGION}:${HOME_ACCOUNT}:certificate/12345678-90ab-cdef-1234-567890abcdef` }
      : maybe(pick, 'alternativeNames', () =>
          pick.some<unknown>(
            [
              '*.example.com',
              'b.example.com',
              { name: '{region}.c.example.com' },
              ...(front === 'own' ? [{ name: '{account}.{region}.www.example.com', publish: true }] : []),
              // The role of a zone elsewhere names each of them for each place, and has room for 10,240 characters.
            ],
            0,
            zone.startsWith('role') ? 1 : 4,
          ),
        )),
    ...(front === 'none'
      ? { publish: false }
      : {
          ...maybe(pick, 'publish', () => true),
          ...maybe(pick, 'basePath', () => pick.one('shop', 'a/b.c/v1', "$-_.+!*'()")),
        }),
    ...(front === 'existing' ? { existing: true } : {}),
    ...(written === undefined ? {} : { zone: written }),
    ...(waits
      ? {
          ...maybe(pick, 'waitMinutes', () => pick.number(1, 60)),
          ...maybe(pick, 'validationRecords', () => pick.one('retain', 'deleteIfUnused')),
        }
      : {}),
  }
}

export const callsDynamoDb = (tasks: Plain): boolean =>
  JSON.stringify(tasks).includes('dynamodb:') || JSON.stringify(tasks).includes('"dynamodb"')

const callsPolicies = (tasks: Plain): boolean => JSON.stringify(tasks).includes('"policies"')

/** What somebody else runs beside them, where each has paths of its own. */
const externalsOf = (pick: Pick, services: Plain): Plain => {
  const behind = Object.values(services).filter(
    (service) => (service as Plain)['port'] !== undefined && !(service as Plain)['private'],
  )
  if (behind.some((service) => (service as Plain)['paths'] === undefined)) return {}
  return Object.fromEntries(
    pick.some(['pods', 'old-shop']).map((key, index) => [
      key,
      {
        external: { securityGroup: `sg-0000000${index}`, ...maybe(pick, 'targets', () => pick.one('ip', 'instance')) },
        port: pick.one(1, 443, 8080),
        paths: pathsOf(pick, key),
        ...maybe(pick, 'protocol', () => pick.one('http', 'https')),
        ...maybe(pick, 'health', () => ({ path: '/health', intervalSeconds: 20 })),
      },
    ]),
  )
}

const externalsIn = (services: Plain): string[] =>
  Object.keys(services).filter((key) => (services[key] as Plain)['external'] !== undefined)

const ownOf = (services: Plain): Plain =>
  Object.fromEntries(Object.entries(services).filter(([, service]) => (service as Plain)['external'] === undefined))

/** A VPC of others, with its ids or without. */
const existingNetworkOf = (pick: Pick, zones: number): Plain => ({
  ...maybe(pick, 'vpc', () => 'vpc-0a1b2c3d4e5f60718'),
  ...maybe(pick, 'subnets', () => Array.from({ length: zones }, (_, index) => `subnet-0000000${index}`)),
  ...maybe(pick, 'endpoints', () => 'sg-0cccccccccccccccc'),
})

/** A load balancer of others in that VPC, with a listener in the region and account. */
const listenerIn = (region: string, account: string, serial: number): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:listener/app/shared/0123456789abcdef/${String(serial).padStart(16, '0')}`

type Existing = {
  readonly serial: number
  readonly zones: number
  readonly endpointsOnly: boolean
  readonly dynamoDb: boolean
}

/** Every target has a VPC of its own. */
const existingValuesOf = ({ serial, zones, endpointsOnly, dynamoDb }: Existing): Plain => {
  const id = (kind: string, index = 0): string => `${kind}-${String(10 * serial + index).padStart(8, '0')}`
  return {
    VpcId: id('vpc'),
    ...Object.fromEntries(
      Array.from({ length: zones }, (_, index) => [`PrivateSubnet${index + 1}Id`, id('subnet', index)]),
    ),
    ...(endpointsOnly ? { EndpointSecurityGroupId: id('sg', 9), S3PrefixListId: 'pl-6da54004' } : {}),
    ...(endpointsOnly && dynamoDb ? { DynamoDbPrefixListId: 'pl-6fa54006' } : {}),
  }
}

/** Values for parameters that every config with these parts has. */
const valuesOf = (pick: Pick, services: Plain, jobs: Plain, network: Plain, shared: boolean): Plain => {
  const own = network['existing'] === undefined
  const endpointsOnly = own && (network['egress'] ?? 'endpoints') === 'endpoints'
  const perService = Object.keys(ownOf(services)).flatMap((key): [string, unknown][] => {
    const [cpu, memory] = pick.one(...SIZES)
    const min = pick.number(1, 9)
    return [
      ...(pick.flag()
        ? ([
            [`${idOf(key)}MinTasks`, min],
            [`${idOf(key)}MaxTasks`, String(min + 3)],
          ] as [string, unknown][])
        : []),
      ...(pick.flag()
        ? ([
            [`${idOf(key)}Cpu`, String(cpu)],
            [`${idOf(key)}Memory`, memory],
          ] as [string, unknown][])
        : []),
    ]
  })
  return {
    ...Object.fromEntries(perService),
    ...maybe(pick, 'LogRetentionDays', () => pick.one<unknown>(1, 365, '3653')),
    ...maybe(pick, 'ThrottleRate', () => pick.number(1, 100)),
    ...(shared ? {} : maybe(pick, 'LoadBalancerDeletionProtection', () => pick.one<unknown>(true, 'false'))),
    ...(endpointsOnly ? maybe(pick, 'S3PrefixListId', () => pick.one('', 'pl-6da54004')) : {}),
    ...(endpointsOnly && callsDynamoDb({ ...services, ...jobs })
      ? maybe(pick, 'DynamoDbPrefixListId', () => pick.one('', 'pl-6fa54006'))
      : {}),
  }
}

/** Changes to what every config has, and resources that refer to it from a template of their own. */
const overridesOf = (pick: Pick, shared: boolean, ownLink: boolean): Plain =>
  Object.fromEntries(
    pick.some<readonly [string, Plain]>([
      ['HttpApi', { Properties: { Description: { 'Fn::Sub': 'of ${AWS::StackName}' } } }],
      ...(shared
        ? []
        : ([
            ['LoadBalancer', { Properties: { Tags: null, MinimumLoadBalancerCapacity: { CapacityUnits: 100 } } }],
          ] as const)),
      [
        'DefaultStage',
        { Properties: { StageVariables: { a: 'b' }, AccessLogSettings: null }, DeletionPolicy: 'Delete' },
      ],
      ...(ownLink ? ([['VpcLink', { Properties: { Tags: { listener: { Ref: 'HttpsListener' } } } }]] as const) : []),
      [
        'ExtraLogGroup',
        {
          Type: 'AWS::Logs::LogGroup',
          DependsOn: 'DefaultStage',
          Properties: {
            LogGroupName: { 'Fn::Sub': '/extra/${HttpApi.ApiId}/${LoadBalancerSecurityGroup.GroupId}' },
            RetentionInDays: { Ref: 'LogRetentionDays' },
          },
        },
      ],
    ]),
  )

/** Where routes alone can tell the services apart, some are deployed by shifting their requests. */
const shifting = (pick: Pick, services: Plain, api: Plain): Plain => {
  const isBehind = (service: Plain): boolean => service['port'] !== undefined && !service['private']
  const behind = Object.values(services).filter((service) => isBehind(service as Plain))
  if (api['routes'] !== undefined && behind.length > 1) return services
  return Object.fromEntries(
    Object.entries(services).map(([key, written]) => {
      const service = written as Plain
      if (!isBehind(service) || service['external'] !== undefined || pick.flag()) return [key, service]
      const { requestsPerTarget: _, ...scale } = (service['scale'] ?? {}) as Plain
      const deployment = {
        ...pick.one<Plain>(
          { strategy: 'blue-green' },
          { strategy: 'canary', percent: 0.5, stepMinutes: 0 },
          { strategy: 'linear' },
          { strategy: 'linear', percent: 100 },
        ),
        ...maybe(pick, 'bakeMinutes', () => pick.one(0, 30, 360)),
        ...maybe(pick, 'pause', () => ({
          at: pick.one('started', 'each-shift'),
          ...maybe(pick, 'minutes', () => pick.one(1, 60)),
          ...maybe(pick, 'then', () => pick.one('roll-back', 'go-on')),
        })),
        ...maybe(pick, 'alarms', pick.flag),
      }
      return [key, { ...service, ...(service['scale'] ? { scale } : {}), deployment }]
    }),
  )
}

/** A further name has no parameter, so two deployments in one region and account cannot both have it. */
const unlessTwice = (domain: Plain, environments: Plain, delivery: Plain): Plain => {
  const { accounts = [], regions = [] } = ((delivery['delivery'] as Plain | undefined)?.['stackSet'] ?? {}) as {
    accounts?: string[]
    regions?: string[]
  }
  const places = [
    ...Object.values(environments).map((each, index) => {
      const { region, account = index } = each as Plain
      return `${region} ${account}`
    }),
    ...accounts.flatMap((account) => regions.map((region) => `${region} ${account}`)),
  ]
  const alternatives = domain['alternativeNames'] as unknown[] | undefined
  return alternatives === undefined || new Set(places).size === places.length
    ? domain
    : {
        ...domain,
        alternativeNames: alternatives.map((each) => (typeof each === 'string' ? each : (each as Plain)['name'])),
      }
}

/** Names of the API that lead to services; where no route is written, services of different names may share paths. */
const hosted = (pick: Pick, services: Plain, domain: Plain, api: Plain, most: number): Plain => {
  const alternatives = ((domain['alternativeNames'] ?? []) as unknown[]).flatMap((each) =>
    typeof each === 'object' && (each as Plain)['publish'] === true ? [(each as Plain)['name']] : [],
  )
  const names = domain['publish'] === false ? [] : [domain['name'], ...alternatives]
  const isShifting = Object.values(services).some((each) => {
    const strategy = ((each as Plain)['deployment'] as Plain | undefined)?.['strategy']
    return strategy !== undefined && strategy !== 'rolling'
  })
  if (names.length === 0 || isShifting || pick.flag()) return services
  const behind = Object.entries(services).filter(([, each]) => {
    const { port, private: isPrivate, external } = each as Plain
    return port !== undefined && (isPrivate !== true || external !== undefined)
  })
  const [first, second] = behind.map(([key]) => key)
  const own = (key: string): Plain => services[key] as Plain
  if (first !== undefined && second !== undefined && names.length > 1 && api['routes'] === undefined && pick.flag())
    return {
      ...services,
      [first]: { ...own(first), hosts: [names[0]] },
      [second]: { ...own(second), hosts: [names[1]], paths: own(first)['paths'] ?? ['/*'] },
    }
  return Object.fromEntries(
    Object.entries(services).map(([key, each]) => [
      key,
      behind.some(([name]) => name === key)
        ? { ...(each as Plain), ...maybe(pick, 'hosts', () => pick.some(names, 1, most)) }
        : each,
    ]),
  )
}

const build = (pick: Pick): Plain => {
  // Values of one region and account (certificates, functions, secrets) keep all targets there.
  const fixed = pick.flag()
  const certificate = fixed && pick.flag()
  const front = pick.one<Front>('own', 'own', 'existing', 'none')
  const zone = pick.one<Zone>('own', 'open', 'manual', 'role', 'role-organization')
  const zones = pick.one(2, 2, 3, 4)
  const regions = fixed ? [HOME_REGION] : Object.keys(VPC_LINK_ZONE_IDS)
  const possible =
    zones === 4 && fixed ? [] : regions.filter((region) => (VPC_LINK_ZONE_IDS[region] ?? []).length >= zones)
  const oneAccount = fixed || zone === 'own'
  const placeholders = pick.flag()
  const cidr = pick.one('10.20.0.0/16', '10.0.0.0/17', '172.16.128.0/20', '192.168.7.0/24', '192.168.0.0/16')
  const existing = pick.one(undefined, existingNetworkOf(pick, zones))
  const network: Plain =
    existing === undefined
      ? {
          ...maybe(pick, 'cidr', () => cidr),
          ...(zones === 2 ? {} : { availabilityZones: zones }),
          ...maybe(pick, 'egress', () => pick.one('endpoints', 'nat', 'regional-nat')),
        }
      : {
          existing,
          ...(zones === 2 || existing['subnets'] !== undefined ? {} : { availabilityZones: zones }),
        }
  const endpointsOnly =
    existing === undefined ? (network['egress'] ?? 'endpoints') === 'endpoints' : existing['endpoints'] !== undefined
  if (existing === undefined && !endpointsOnly && pick.flag())
    network['egressPorts'] = pick.one([443, 5000], [5000, 587, 443])
  if (endpointsOnly && pick.flag()) network['endpoints'] = pick.some(['s3', 'sqs', 'secretsmanager', 'xray'])
  const narrowed = network['egressPorts'] !== undefined
  const services = reachingOut(pick, narrowed, servicesOf(pick, endpointsOnly, fixed))
  const jobs = pick.flag() ? reachingOut(pick, narrowed, jobsOf(pick, endpointsOnly, fixed)) : {}
  if (existing !== undefined) Object.assign(services, externalsOf(pick, services))
  const shared = existing !== undefined && pick.flag()
  const api = apiOf(pick, services, fixed, existing !== undefined)
  const probesAddresses = existing !== undefined && !shared && api['probe'] === true
  if (existing !== undefined && probesAddresses && pick.flag()) existing['cidr'] = '100.64.0.0/16'
  const name = placeholders ? '{account}.{region}.api.example.com' : pick.one('api.example.com', 'a.b-c.d.example.com')

  const groups = reachedGroups({ ...services, ...jobs })
  let serial = 0
  /** What a target must say so that its name is its own and nothing required is missing. */
  const required = (region: string, account: string): Plain => {
    serial += 1
    return {
      ...(shared
        ? {
            HttpsListenerArn: listenerIn(region, account, serial),
            LoadBalancerSecurityGroupId: `sg-${String(5000 + serial).padStart(8, '0')}`,
          }
        : {}),
      ...(front === 'none' ? {} : { DomainName: `t${serial}.api.example.com` }),
      ...(zone === 'open' && (front === 'own' || !(certificate || shared))
        ? { HostedZoneId: 'Z0123456789ABCDEFGHIJ' }
        : {}),
      ...Object.fromEntries(
        groups.map((parameter, index) => [parameter, `sg-${String(100 * serial + index).padStart(8, '0')}`]),
      ),
      ...(existing === undefined
        ? {}
        : existingValuesOf({ serial, zones, endpointsOnly, dynamoDb: callsDynamoDb({ ...services, ...jobs }) })),
      ...(api['vpcLink'] === undefined
        ? {}
        : {
            VpcLinkId: `link${String(serial).padStart(4, '0')}`,
            VpcLinkSecurityGroupId: `sg-${String(10 * serial + 8).padStart(8, '0')}`,
          }),
      ...Object.fromEntries(
        externalsIn(services).map((key, index) => [
          `${idOf(key)}TaskSecurityGroupId`,
          `sg-${String(1000 * serial + 900 + index).padStart(8, '0')}`,
        ]),
      ),
      ...(probesAddresses && existing !== undefined && existing['cidr'] === undefined
        ? { VpcCidr: '10.0.0.0/20' }
        : {}),
    }
  }
  const places = possible.slice(0, 4)
  const environments = Object.fromEntries(
    (places.length === 0 ? [] : pick.some(['dev', 'prod', 'default', 'Stage_2'], 0, 4)).map((environment) => {
      const region = pick.one(...places)
      const account = pick.flag() ? (oneAccount || zone === 'open' ? HOME_ACCOUNT : pick.one(...ACCOUNTS)) : undefined
      const needed = required(region, account ?? HOME_ACCOUNT)
      return [
        environment,
        {
          region,
          ...(account === undefined ? {} : { account }),
          ...(pick.flag()
            ? { parameters: { ...valuesOf(pick, services, jobs, network, shared), ...needed } }
            : {
                parameters: needed,
                services: serviceValuesOf(pick, ownOf(services)),
                jobs: jobValuesOf(pick, jobs),
              }),
        },
      ]
    }),
  )
  const units =
    existing === undefined &&
    groups.length === 0 &&
    !oneAccount &&
    zone === 'role-organization' &&
    placeholders &&
    pick.flag()
  const stackSet = (): Plain => {
    const accounts = units ? [] : oneAccount || zone === 'open' ? [HOME_ACCOUNT] : pick.some(ACCOUNTS, 1, 3)
    const targets = pick.some(places, 1, 2)
    return {
      ...(accounts.length > 0 ? { accounts } : {}),
      ...(units || (accounts.length > 0 && pick.flag())
        ? {
            organizationalUnits: pick.some(['ou-ab12-cdef3456', 'r-ab12'], 1, 2),
            ...maybe(pick, 'retainOnRemoval', pick.flag),
          }
        : {}),
      regions: targets,
      ...(units
        ? {}
        : {
            overrides: Object.fromEntries(
              accounts.flatMap((account) =>
                targets.map((region) => [
                  `${account}/${region}`,
                  { ...valuesOf(pick, services, jobs, network, shared), ...required(region, account) },
                ]),
              ),
            ),
          }),
    }
  }
  const serviceCatalog = (): Plain => ({
    portfolio: pick.one('Platform', 'A & B'),
    owner: 'platform-team',
    ...maybe(pick, 'principals', () =>
      pick.some([`arn:aws:iam::${HOME_ACCOUNT}:role/engineers`, `arn:aws:iam::${HOME_ACCOUNT}:user/team/ann`], 1, 2),
    ),
    versions: pick.one<Plain>(
      { '1.0.0': 'current' },
      { '1.0.0': 'https://bucket.s3.eu-west-1.amazonaws.com/portcullis/standalone-3f2a.yaml', v2: 'current' },
    ),
  })
  const delivery = maybe(pick, 'delivery', () => ({
    ...maybe(pick, 'serviceCatalog', serviceCatalog),
    ...(places.length > 0 ? maybe(pick, 'stackSet', stackSet) : {}),
  }))
  const domain =
    shared && front !== 'own'
      ? withoutCertificate(pick, name, front)
      : unlessTwice(domainOf(pick, name, zone, front, certificate), environments, delivery)
  return {
    name: pick.one('orders', 'a', 'my-app-2', 'abcdefghijklmnopqrstuvwx'),
    ...maybe(pick, 'tags', () =>
      Object.fromEntries(
        pick
          .some(['CostCentre', 'team:mail', 'a b', 'x/y=+-_.1'])
          .map((key) => [key, pick.one('4711', 'a = b', 'x@example.com', 'ünï')]),
      ),
    ),
    // The boundary of a product knows no managed policies.
    ...(callsPolicies({ ...services, ...jobs }) || pick.flag()
      ? {
          permissionsBoundary: pick.one(
            'arn:aws:iam::{account}:policy/teams/boundary',
            'arn:aws:iam::aws:policy/PowerUserAccess',
          ),
        }
      : {}),
    domain,
    ...pick.one<Plain>({}, {}, {}, { share: true }),
    ...(Object.keys(network).length > 0 ? { network } : {}),
    ...maybe(pick, 'cluster', () =>
      pick.one<Plain>(
        {},
        { existing: 'platform' },
        { existing: fixed ? `arn:aws:ecs:${HOME_REGION}:${HOME_ACCOUNT}:cluster/platform` : 'a_b-1' },
        { containerInsights: pick.one('disabled', 'enabled', 'enhanced') },
      ),
    ),
    ...(shared
      ? {
          loadBalancer: {
            existing: {
              listener: listenerIn(HOME_REGION, HOME_ACCOUNT, 0),
              securityGroup: 'sg-0dddddddddddddddd',
              serverName: pick.one('internal.example.com', '{account}.internal.example.com'),
            },
            priorities: pick.one('2000-2999', '1-50000'),
          },
        }
      : maybe(pick, 'loadBalancer', () => ({
          ...maybe(pick, 'accessLogs', pick.flag),
          ...maybe(pick, 'deletionProtection', pick.flag),
          ...maybe(pick, 'priorities', () => '10001-22000'),
        }))),
    services: hosted(pick, shifting(pick, services, api), domain, api, 2),
    ...(Object.keys(jobs).length > 0 ? { jobs } : {}),
    api,
    ...maybe(pick, 'observability', () => ({
      logRetentionDays: pick.one(1, 30, 3653),
      ...maybe(pick, 'keepLogs', () => pick.one(true, false)),
    })),
    ...maybe(pick, 'overrides', () => overridesOf(pick, shared, api['vpcLink'] === undefined)),
    ...(Object.keys(environments).length > 0 ? { environments } : {}),
    ...delivery,
  }
}

export const configArbitrary: fc.Arbitrary<object> = fc.gen().map((g) =>
  build({
    flag: () => g(fc.boolean),
    number: (min, max) => g(fc.integer, { min, max }),
    one: (...values) => values[g(fc.nat, values.length - 1)] as (typeof values)[number],
    some: (values, min = 0, max = values.length) =>
      g(fc.shuffledSubarray, [...values], {
        minLength: Math.min(min, values.length),
        maxLength: Math.min(max, values.length),
      }) as (typeof values)[number][],
  }),
)

export const toYaml = (config: object): string =>
  new Document(config, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 })

/** mulberry32: the same order for the same seed. */
const random = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
  return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
}

/** The same config with the keys of every mapping in another order; only versions have an order that means something. */
export const shuffleKeys = (config: object, seed: number): object => {
  const next = random(seed)
  const shuffled = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((entry) => shuffled(entry, ''))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, entry]): [string, unknown] => [name, shuffled(entry, name)])
    if (key === 'versions') return Object.fromEntries(entries)
    return Object.fromEntries(
      entries
        .map((entry) => ({ entry, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ entry }) => entry),
    )
  }
  return shuffled(config, '') as object
}
