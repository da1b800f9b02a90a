// Random manifests over the whole schema of Copilot, with keys that there are not and values that it would not take.
import fc from 'fast-check'

type Plain = Record<string, unknown>

/** Nothing in half of the cases. */
const rare = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

/** Each key now and then, and now and then one that Copilot has not. */
const group = (keys: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Plain> =>
  fc
    .record(Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, rare(value)])))
    .chain((written) => unknown.map((more) => defined({ ...written, ...more })))

const defined = (written: Plain): Plain =>
  Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined))

/** Keys that begin so are in no schema. */
export const UNKNOWN = 'zz_'

const unknown: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.stringMatching(/^[a-z]{1,6}$/),
        fc.constantFrom<unknown>('x', 1, null, { deep: [1, { er: true }] }, [], {}),
      )
      .map(([name, value]) => ({ [`${UNKNOWN}${name}`]: value })),
  },
)

/** Now and then a value of another kind. */
const value = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(null, true, 'many words', '', -1, 3.5, [], {}, ['a', 1], { a: 'b' }),
    },
  )

const flag = value(fc.constantFrom<unknown>(true, false, 'on', 'off'))
const port = value(fc.constantFrom<unknown>(80, 443, 8080, '3000', 65_535))
const duration = value(fc.constantFrom('5s', '1m30s', '250ms', '2h', '45s'))
const percent = value(fc.integer({ min: 1, max: 100 }))
const tasks = value(fc.integer({ min: 0, max: 12 }))
const name = fc.constantFrom('LOG_LEVEL', 'DATABASE_URL', 'REDIS_HOST', 'A', 'not-a-name', 'B_1')
const text = fc.constantFrom<unknown>(
  'info',
  1,
  true,
  '',
  '012',
  -0.5,
  'http://other:80/x',
  'https://api.example.net',
  '{"a": 1}',
  '${COPILOT_ENVIRONMENT_NAME}-x',
  '${TAG}',
  '\\${HOME}',
  '{region}',
  '#no',
  '@at',
  'a: b',
  '"q"',
  "it's",
)
const id = (prefix: string) => fc.constantFrom(`${prefix}-0123456789abcdef0`, `${prefix}-0fedcba987654321`)
const map = (keys: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>) =>
  fc.dictionary(keys, value(values), { maxKeys: 3, noNullPrototype: true })
const imported = fc.constant({ from_cfn: 'stack-Output' })
const command = value(
  fc.constantFrom<unknown>('node server.js', ['/bin/sh', '-c', 'x'], "sh -c 'a b'", [], '   ', 'a "b', 1),
)

const variables = value(map(name, fc.oneof(text, imported)))
const secrets = value(
  map(
    name,
    fc.oneof(
      fc.constantFrom<unknown>(
        '/app/db',
        'PLAIN',
        "'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-a1b2c3:url::'",
        'arn:aws:ssm:us-east-1:222222222222:parameter/app/db',
        '/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/secrets/X',
        { secretsmanager: 'app/db' },
        { secretsmanager: 'app/db:key:AWSCURRENT:1' },
      ),
      imported,
    ),
  ),
)
const dependsOn = value(map(fc.constantFrom('nginx', 'log'), fc.constantFrom('start', 'healthy', 'COMPLETE', 'later')))
const containerCheck = value(
  group({
    command: value(fc.constantFrom<unknown>(['CMD', 'true'], ['CMD-SHELL', 'exit 0'], ['true'], 'true')),
    interval: duration,
    retries: value(fc.integer({ min: 0, max: 12 })),
    timeout: duration,
    start_period: duration,
  }),
)
const location = value(
  fc.constantFrom<unknown>(
    '111111111111.dkr.ecr.eu-west-1.amazonaws.com/app:1',
    'nginx',
    'ghcr.io/example/app:2',
    'Upper/Case',
    'app:${TAG}',
    '${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com/a:1',
  ),
)
const build = value(
  fc.oneof(
    fc.constant('app/Dockerfile'),
    group({
      dockerfile: fc.constant('Dockerfile'),
      context: fc.constant('.'),
      target: fc.constant('run'),
      args: value(map(fc.constantFrom('A', 'B'), text)),
      cache_from: fc.constant(['a:1']),
    }),
  ),
)
const image = value(
  group({
    build,
    location,
    port,
    credentials: value(fc.constant('arn:aws:secretsmanager:eu-west-1:111111111111:secret:r')),
    labels: value(map(fc.constant('a.b'), text)),
    depends_on: dependsOn,
    healthcheck: containerCheck,
  }),
)
const check = value(
  fc.oneof(
    fc.constantFrom('/', 'up', '/a b'),
    group({
      path: fc.constantFrom<unknown>('/up', 'up'),
      port,
      success_codes: fc.constantFrom<unknown>(200, '200,301', '200-299', '600'),
      healthy_threshold: value(fc.integer({ min: 0, max: 12 })),
      unhealthy_threshold: value(fc.integer({ min: 0, max: 12 })),
      interval: duration,
      timeout: duration,
      grace_period: duration,
    }),
  ),
)
const host = fc.constantFrom(
  'a.example.com',
  'b.example.com',
  '${COPILOT_ENVIRONMENT_NAME}.example.com',
  '*.example.com',
  'not a host',
)
const rule = {
  path: value(fc.constantFrom<unknown>('/', 'api', '/api/', 'a/b/*', '*', 'odd path', '/${X}')),
  alias: value(
    fc.oneof(
      host,
      fc.array(host, { maxLength: 3 }),
      fc.array(fc.record({ name: host, hosted_zone: fc.constant('Z0ABCDEF') }), { maxLength: 2 }),
    ),
  ),
  hosted_zone: value(fc.constantFrom('Z0ABCDEF', 'Z1ABCDEF')),
  healthcheck: check,
  deregistration_delay: duration,
  target_container: fc.constantFrom('nginx', 'nobody'),
  target_port: port,
  stickiness: flag,
  allowed_source_ips: value(fc.constant(['10.0.0.0/8'])),
  redirect_to_https: flag,
  version: value(fc.constantFrom('http1', 'http2', 'grpc')),
}
const http = value(
  group({ ...rule, alb: fc.constant('old'), additional_rules: value(fc.array(group(rule), { maxLength: 2 })) }),
)
const cooldown = value(group({ in: duration, out: duration }))
const metric = value(fc.oneof(percent, group({ value: percent, cooldown })))
const count = value(
  fc.oneof(
    tasks,
    group({ spot: tasks }),
    group({
      range: value(
        fc.oneof(
          fc.constantFrom<unknown>('1-4', '0-3', '5-2', 'few'),
          group({ min: tasks, max: tasks, spot_from: tasks }),
        ),
      ),
      cooldown,
      cpu_percentage: metric,
      memory_percentage: metric,
      requests: metric,
      response_time: value(fc.oneof(duration, group({ value: duration, cooldown }))),
      queue_delay: value(group({ acceptable_latency: duration, msg_processing_time: duration, cooldown })),
    }),
  ),
)
const efs = value(
  fc.oneof(
    fc.boolean(),
    group({ uid: fc.constant(1000), gid: fc.constant(1000) }),
    group({
      id: value(fc.oneof(id('fs'), imported)),
      root_dir: fc.constant('/x'),
      auth: value(group({ iam: flag, access_point_id: id('fsap') })),
    }),
  ),
)
const storage = value(
  group({
    ephemeral: value(fc.constantFrom(20, 21, 100, 500)),
    readonly_fs: flag,
    volumes: value(
      map(fc.constantFrom('data', 'Odd_Name'), group({ path: fc.constant('/data'), read_only: flag, efs })),
    ),
  }),
)
const groups = value(fc.array(fc.oneof(id('sg'), imported), { maxLength: 2 }))
const network = value(
  group({
    connect: value(fc.oneof(fc.boolean(), group({ alias: fc.constant('other-name') }))),
    vpc: value(
      group({
        placement: value(fc.constantFrom<unknown>('public', 'private', { subnets: ['subnet-0123456789abcdef0'] })),
        security_groups: fc.oneof(groups, value(group({ deny_default: flag, groups }))),
      }),
    ),
  }),
)
const sidecars = value(
  map(
    fc.constantFrom('nginx', 'log'),
    group({
      port: value(fc.constantFrom<unknown>(80, '80', '8125/udp')),
      image: value(fc.oneof(location, group({ build, location }))),
      essential: flag,
      credentialsParameter: fc.constant('arn:aws:secretsmanager:eu-west-1:111111111111:secret:r'),
      variables,
      env_file: fc.constant('a.env'),
      secrets,
      mount_points: value(fc.constant([{ source_volume: 'data', path: '/d' }])),
      labels: value(map(fc.constant('l'), text)),
      depends_on: dependsOn,
      healthcheck: containerCheck,
      entrypoint: command,
      command,
    }),
  ),
)
const task = {
  image,
  entrypoint: command,
  command,
  cpu: value(fc.constantFrom(256, 512, 1024, 300, 20_000)),
  memory: value(fc.constantFrom(512, 1024, 4096, 700, 500_000)),
  platform: value(
    fc.constantFrom<unknown>('linux/arm64', 'linux/x86_64', 'windows/x86_64', {
      osfamily: 'linux',
      architecture: 'arm64',
    }),
  ),
  variables,
  env_file: fc.constant('all.env'),
  secrets,
  storage,
  network,
  logging: value(
    group({
      retention: value(fc.constantFrom(1, 10, 30, 99_999)),
      image: fc.constant('fluent'),
      destination: value(map(fc.constant('Name'), text)),
      enableMetadata: flag,
      secretOptions: secrets,
      configFilePath: fc.constant('/x'),
    }),
  ),
  publish: value(
    group({ topics: value(fc.array(group({ name: fc.constantFrom('t', 'u'), fifo: flag }), { maxLength: 2 })) }),
  ),
  sidecars,
  taskdef_overrides: value(
    fc.array(
      group({
        path: fc.constantFrom(
          'ContainerDefinitions[0].StopTimeout',
          'ContainerDefinitions[0].Ulimits[-]',
          'Cpu',
          'ContainerDefinitions[0].User',
          'Tags',
        ),
        value: fc.constantFrom<unknown>(90, 'root', [1], 999),
      }),
      { maxLength: 2 },
    ),
  ),
}
const service = {
  ...task,
  count,
  exec: value(fc.oneof(fc.boolean(), group({ enable: flag }))),
  deployment: value(
    group({
      rolling: value(fc.constantFrom('default', 'recreate')),
      rollback_alarms: value(fc.constantFrom<unknown>(['a'], { cpu_utilization: 70 })),
    }),
  ),
  observability: value(group({ tracing: value(fc.constantFrom('awsxray', 'other')), container_insights: flag })),
}
const schedule = value(
  fc.constantFrom(
    '@daily',
    '@every 1h',
    '@every 90s',
    '0 2 * * 1-5',
    '0 0 */2 * *',
    'rate(1 hour)',
    'none',
    'cron(0 1 * * ? *)',
    'often',
  ),
)
const subscribe = value(
  group({
    queue: value(
      group({ retention: duration, timeout: duration, dead_letter: value(group({ tries: tasks })), fifo: flag }),
    ),
    topics: value(fc.constantFrom<unknown>([{ name: 't', service: 's' }], [{ name: 't', service: 's', queue: true }])),
  }),
)
const kinds: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  'Load Balanced Web Service': { ...service, http, nlb: fc.constant({ port: '443/tcp' }) },
  'Backend Service': { ...service, http },
  'Worker Service': { ...service, subscribe },
  'Scheduled Job': {
    ...task,
    on: value(group({ schedule })),
    schedule,
    retries: tasks,
    timeout: duration,
    count,
  },
  'Request-Driven Web Service': { ...service, http, tags: value(map(fc.constant('team'), text)) },
  'Static Site': { files: fc.constant([{ source: 'dist' }]) },
  'No Such Type': { image },
}

const kind = fc.oneof(
  { weight: 6, arbitrary: fc.constant('Load Balanced Web Service') },
  { weight: 4, arbitrary: fc.constantFrom('Backend Service', 'Worker Service', 'Scheduled Job') },
  { weight: 1, arbitrary: fc.constantFrom('Request-Driven Web Service', 'Static Site', 'No Such Type') },
)

/** A sidecar with the image of the service, whose end the service waits for. */
const withFirstStep = (written: Plain): Plain => {
  const own: Plain = typeof written.image === 'object' && written.image !== null ? { ...written.image } : {}
  const { sidecars } = written
  const others: Plain =
    typeof sidecars === 'object' && sidecars !== null && !Array.isArray(sidecars) ? { ...sidecars } : {}
  return {
    ...written,
    image: { ...own, depends_on: { nginx: 'COMPLETE' } },
    sidecars: { ...others, nginx: { command: 'migrate', ...(others.nginx as Plain | undefined), image: own } },
  }
}

const workload = (called: string): fc.Arbitrary<Plain> =>
  kind.chain((type) => {
    const section = kinds[type] ?? {}
    const more = fc.dictionary(fc.constantFrom('test', 'prod', '${STAGE}'), value(group(section)), {
      maxKeys: 2,
      noNullPrototype: true,
    })
    // Most have what Copilot requires.
    return fc
      .tuple(group(section), rare(more), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 }))
      .map(([given, environments, luck, steps]) => {
        const written = steps > 0 ? given : withFirstStep(given)
        return {
          name: called,
          type,
          ...(luck > 0
            ? {
                image: { location: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/app:1', port: 8080 },
                http: { path: called },
              }
            : {}),
          ...written,
          ...(environments === undefined ? {} : { environments }),
        }
      })
  })

const door = value(
  group({
    certificates: value(
      fc.constant(['arn:aws:acm:eu-west-1:111111111111:certificate/12345678-90ab-cdef-1234-567890abcdef']),
    ),
    access_logs: value(fc.oneof(fc.boolean(), group({ bucket_name: fc.constant('b') }))),
    ssl_policy: fc.constant('ELBSecurityPolicy-2016-08'),
    ingress: value(group({ cdn: flag, vpc: flag, source_ips: fc.constant(['10.0.0.0/8']) })),
  }),
)
const environment = (called: string): fc.Arbitrary<Plain> =>
  group({
    network: value(
      group({
        vpc: value(
          group({
            // Of two environments in one VPC, Copilot does not say whether they are in one account and region.
            id: value(fc.constant(called === 'test' ? 'vpc-0123456789abcdef0' : 'vpc-0fedcba9876543210')),
            cidr: value(fc.constantFrom('10.1.0.0/16', '10.2.0.0/8')),
            subnets: value(
              group({
                public: value(fc.constant([{ id: 'subnet-0123456789abcdef0' }])),
                private: value(
                  fc.constantFrom<unknown>(
                    ['a', 'b'].map((zone) => ({ id: `subnet-0123456789abcde${called === 'test' ? 'f' : '0'}${zone}` })),
                    [{ cidr: '10.1.0.0/24', az: 'eu-west-1a' }],
                  ),
                ),
              }),
            ),
            security_group: value(group({ ingress: fc.constant([]), egress: fc.constant([]) })),
            flow_logs: value(fc.oneof(flag, group({ retention: fc.constant(30) }))),
          }),
        ),
      }),
    ),
    http: value(group({ public: door, private: door })),
    cdn: value(fc.oneof(fc.boolean(), group({ terminate_tls: flag }))),
    observability: value(group({ container_insights: flag })),
  }).map((written) => ({ name: called, type: 'Environment', ...written }))

/** A folder: path -> manifest. */
export const folders: fc.Arbitrary<Readonly<Record<string, Plain>>> = fc
  .tuple(
    fc.array(fc.constantFrom('web', 'other', 'third'), { maxLength: 3 }).map((names) => [...new Set(names)]),
    fc.array(fc.constantFrom('test', 'prod'), { maxLength: 2 }).map((names) => [...new Set(names)]),
  )
  .chain(([services, environments]) =>
    fc.record({
      ...Object.fromEntries(services.map((each) => [`copilot/${each}/manifest.yml`, workload(each)])),
      ...Object.fromEntries(
        environments.map((each) => [`copilot/environments/${each}/manifest.yml`, environment(each)]),
      ),
    }),
  )
