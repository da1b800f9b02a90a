/** Logs, traces, deployments. */
import { RETENTION_DAYS } from '../../aws/retention-days.ts'
import { carried, type Items, implied, lost, malformed } from '../item.ts'
import { flag, isMap, look, textOf, type Value, wholeNumber } from '../value.ts'
import { type Section, walked } from '../walk.ts'
import type { Context } from './context.ts'

const FIRELENS = (value: Value): Items => [
  lost(value, 'logs go to CloudWatch Logs', 'subscribe to the log group, or route logs with a sidecar', true),
]

const loggingSection: Section<Context> = {
  retention: (value) => {
    const days = wholeNumber(value)
    if (days === undefined) return [malformed(value, 'a number of days')]
    return [carried(value, ['observability', 'logRetentionDays'], RETENTION_DAYS.find((each) => each >= days) ?? days)]
  },
  image: FIRELENS,
  destination: FIRELENS,
  enableMetadata: FIRELENS,
  secretOptions: FIRELENS,
  configFilePath: FIRELENS,
  variables: FIRELENS,
  secrets: FIRELENS,
  env_file: FIRELENS,
}

export const logging = (value: Value, context: Context): Items => walked(value, loggingSection, context)

/** As Copilot's own: https://aws-otel.github.io/docs/setup/ecs/config-through-ssm */
const collector = {
  image: 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3',
  command: ['--config=/etc/ecs/ecs-xray.yaml'],
}

const XRAY = [
  'PutTraceSegments',
  'PutTelemetryRecords',
  'GetSamplingRules',
  'GetSamplingTargets',
  'GetSamplingStatisticSummaries',
]

export const observability = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      tracing: (each, { path }) =>
        textOf(each)?.toLowerCase() !== 'awsxray'
          ? [malformed(each, 'awsxray')]
          : [
              carried(each, [...path, 'sidecars', 'xray'], collector),
              carried(
                each,
                [...path, 'permissions'],
                { actions: XRAY.map((action) => `xray:${action}`), resources: ['*'] },
                { append: true },
              ),
            ],
      container_insights: (each) => [
        lost(each, 'Copilot has it for environments only', 'it is cluster.containerInsights', false),
      ],
    },
    context,
  )

export const deployment = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      rolling: (each, { path }) => {
        const how = textOf(each)
        if (how === 'default') return [implied(each, 'new tasks start before old ones stop')]
        return how === 'recreate'
          ? [
              carried(each, [...path, 'deployment', 'minimumHealthyPercent'], 0),
              carried(each, [...path, 'deployment', 'maximumPercent'], 100),
            ]
          : [malformed(each, 'default or recreate')]
      },
      rollback_alarms: (each, { path }) => [
        isMap(each)
          ? carried(each, [...path, 'deployment', 'alarms'], true, {
              note: 'the alarms are those of Portcullis, not on CPU and memory',
            })
          : lost(
              each,
              'a deployment rolls back on alarms of its own service only',
              'deployment.alarms: true rolls back on errors and unhealthy targets',
              false,
            ),
      ],
    },
    context,
  )

export const exec = (value: Value, context: Context): Items => {
  if (isMap(value)) return walked<Context>(value, { enable: exec }, context)
  const on = flag(value)
  if (on === undefined) return [malformed(value, 'true or false')]
  return [on ? carried(value, [...context.path, 'exec'], true) : implied(value, 'nobody can open a shell in a task')]
}

export const platform = (value: Value, { path, container }: Context): Items => {
  const written = isMap(value)
    ? `${textOf(look(value, 'osfamily')) ?? 'linux'}/${textOf(look(value, 'architecture')) ?? 'x86_64'}`
    : textOf(value)
  const [system = '', processor = ''] = (written ?? '').toLowerCase().split('/')
  if (system.startsWith('windows'))
    return [{ ...lost(value, 'Portcullis runs Linux containers', 'leave the service where it is'), removes: path }]
  if (/^(?:arm64|aarch64)/.test(processor)) return [carried(value, [...container, 'architecture'], 'arm64')]
  return /^(?:x86_64|amd64)/.test(processor)
    ? [implied(value, 'x86_64 is the default')]
    : [malformed(value, 'linux/x86_64 or linux/arm64')]
}
