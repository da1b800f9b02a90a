/** A manifest of a service or job -> what becomes of each of its keys. */
import { carried, type Item, implied, lost, refused } from '../item.ts'
import { look, textOf, type Value } from '../value.ts'
import { type Section, walk, walked } from '../walk.ts'
import { type Context, isReached, type Kind } from './context.ts'
import { count } from './count.ts'
import { envFile } from './env-file.ts'
import { http, httpSection } from './http.ts'
import { image } from './image.ts'
import { network } from './network.ts'
import { deployment, exec, logging, observability, platform } from './operations.ts'
import { ownQueue, publish, subscribe } from './queue.ts'
import { countOfJob, retries, schedule, timeout } from './schedule.ts'
import { sidecars, words } from './sidecars.ts'
import { size } from './size.ts'
import { storage } from './storage.ts'
import { taskdefOverrides } from './task-definition.ts'
import { secrets, variables } from './variables.ts'

/** What Copilot took for granted in a service of this kind. */
const type = (value: Value, context: Context): readonly [Item, ...Item[]] => {
  const { path, kind, manifest } = context
  const port = look(manifest, 'image', 'port')
  return [
    carried(value, path, {}),
    ...(kind !== 'Scheduled Job' && look(manifest, 'count') === undefined
      ? [carried(value, [...path, 'scale', 'min'], 1), carried(value, [...path, 'scale', 'max'], 1)]
      : []),
    ...(isReached(context) || kind === 'Scheduled Job' || kind === 'Worker Service' || port === undefined
      ? []
      : [carried(value, [...path, 'private'], true, { holds: [...path, 'port'] })]),
    ...(kind === 'Scheduled Job' && look(manifest, 'timeout') === undefined
      ? [carried(value, [...path, 'timeoutMinutes'], 10_080, { note: 'in Copilot, the job had no limit' })]
      : []),
    ...(kind === 'Worker Service' ? ownQueue(value, context) : []),
  ]
}

const task: Section<Context> = {
  name: (value, { path }) => [implied(value, `${path.join('.')} in the config`)],
  type,
  image,
  entrypoint: words('entrypoint'),
  command: words('command'),
  cpu: size('cpu'),
  memory: size('memory'),
  platform,
  variables,
  env_file: envFile,
  secrets,
  storage,
  network,
  logging,
  publish,
  sidecars,
  taskdef_overrides: taskdefOverrides,
  environments: (value) => [implied(value, 'what differs is in environments of the config')],
}

const service: Section<Context> = { ...task, count, exec, deployment, observability }

const nlb = (value: Value, context: Context): readonly [Item] => [
  isReached(context)
    ? lost(value, 'TCP and UDP cannot pass an API', 'let clients use HTTPS, or leave the service where it is')
    : refused(value, context.path, 'TCP and UDP cannot pass an API', 'leave the service where it is'),
]

const appRunner: Section<Context> = {
  ...service,
  count: (value) => [
    lost(
      value,
      'it names a scaling configuration of App Runner',
      'write scale, with what that configuration says',
      false,
    ),
  ],
  tags: (value) => [
    lost(value, 'tags are those of the whole application', 'write them into tags at the top of the config', false),
  ],
  http: (value, context) =>
    walked<Context>(
      value,
      {
        ...httpSection,
        public: (each) => [implied(each, 'the API reaches it')],
        private: (each, { path }) => [
          refused(
            each,
            path,
            'a private service of App Runner is called through an endpoint of its VPC',
            'write it as a service with private: true',
          ),
        ],
      },
      context,
    ),
}

const sections: Readonly<Record<Kind, Section<Context>>> = {
  'Load Balanced Web Service': { ...service, http, nlb },
  'Backend Service': { ...service, http },
  'Worker Service': { ...service, subscribe },
  'Scheduled Job': {
    ...task,
    on: (value, context) => walked<Context>(value, { schedule }, context),
    schedule,
    retries,
    timeout,
    count: countOfJob,
  },
  'Request-Driven Web Service': appRunner,
}

export const isKind = (text: string): text is Kind => Object.hasOwn(sections, text)

/** A service of App Runner had no path: it answered everything. */
const whole = ({ manifest, path, kind }: Context): readonly Item[] => {
  const at = manifest.entries.find(({ key }) => key === 'type')?.value ?? manifest
  if (kind === 'Request-Driven Web Service') return [carried(at, [...path, 'paths'], ['/', '/*'])]
  const http = look(manifest, 'http')
  return kind === 'Load Balanced Web Service' &&
    http === undefined &&
    textOf(look(manifest, 'nlb', 'port')) !== undefined
    ? [
        refused(
          at,
          path,
          'a service with a network load balancer only has nothing that an API reaches',
          'leave the service where it is',
        ),
      ]
    : []
}

export const workload = (context: Context): readonly Item[] => [
  ...walk(context.manifest, sections[context.kind], context),
  ...whole(context),
]
