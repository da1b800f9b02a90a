import { carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { isMap, look, milliseconds, seconds, textOf, type Value, wholeNumber } from '../value.ts'
import { walked } from '../walk.ts'
import type { Context } from './context.ts'

const limit = (value: Value, { path }: Context, which: 'min' | 'max', tasks: number): Item =>
  carried(value, [...path, 'scale', which], tasks)

/** Tasks of the range `1-10`, or of its map. */
const limitsOf = (value: Value | undefined): { readonly min: number; readonly max: number } | undefined => {
  const [, low, high] = /^([0-9]{1,5})\s*-\s*([0-9]{1,5})$/.exec(textOf(value) ?? '') ?? []
  const min = low === undefined ? wholeNumber(look(value, 'min')) : Number(low)
  const max = high === undefined ? wholeNumber(look(value, 'max')) : Number(high)
  return min === undefined || max === undefined ? undefined : { min, max }
}

const range = (value: Value, context: Context): Items => {
  const { path } = context
  if (!isMap(value)) {
    const limits = limitsOf(value)
    return limits === undefined
      ? [malformed(value, 'a range such as 1-10')]
      : [limit(value, context, 'min', limits.min), limit(value, context, 'max', limits.max)]
  }
  const bound =
    (which: 'min' | 'max') =>
    (each: Value): Items => {
      const tasks = wholeNumber(each)
      return [tasks === undefined ? malformed(each, 'a number of tasks') : limit(each, context, which, tasks)]
    }
  return walked<Context>(
    value,
    {
      min: bound('min'),
      max: bound('max'),
      spot_from: (each) => {
        const from = wholeNumber(each)
        const max = limitsOf(value)?.max
        if (from === undefined || from < 1 || max === undefined) return [malformed(each, 'a number of tasks')]
        const percent = Math.round((Math.max(0, max - from + 1) / Math.max(1, max)) * 100)
        return [
          carried(each, [...path, 'spot'], percent, {
            note: `Copilot took Spot from task ${from} on; now it is a share of the tasks at any time`,
          }),
        ]
      },
    },
    context,
  )
}

const cooldown = (value: Value, context: Context): Items => {
  const pause =
    (which: 'in' | 'out') =>
    (each: Value): Items => {
      const found = seconds(each)
      return [
        found === undefined
          ? malformed(each, 'a duration')
          : carried(each, [...context.path, 'scale', 'cooldownSeconds', which], found),
      ]
    }
  return walked<Context>(value, { in: pause('in'), out: pause('out') }, context)
}

/** A metric of its own, or with a pause of its own, which counts for all in the config. */
const metric =
  (key: string) =>
  (value: Value, context: Context): Items => {
    const aim = (each: Value): Items => {
      const found = wholeNumber(each)
      return [
        found === undefined ? malformed(each, 'a whole number') : carried(each, [...context.path, 'scale', key], found),
      ]
    }
    return isMap(value) ? walked<Context>(value, { value: aim, cooldown }, context) : aim(value)
  }

const queueDelay = (value: Value, context: Context): Items => {
  const { path, name, names } = context
  const latency = milliseconds(look(value, 'acceptable_latency'))
  const each = milliseconds(look(value, 'msg_processing_time'))
  if (latency === undefined || each === undefined || each === 0)
    return [malformed(value, 'a pair of acceptable_latency and msg_processing_time')]
  const queue = {
    arn: `arn:aws:sqs:${names.region ?? 'xx-replaceme-1'}:000000000000:replace-me`,
    messagesPerTask: Math.max(1, Math.floor(latency / each)),
  }
  const part = (inner: Value): Items => [implied(inner, 'messagesPerTask is the quotient of latency and time')]
  return [
    carried(value, [...path, 'scale', 'queue'], queue, {
      ask: `the queue stays in the old stack of ${name} (logical ID EventsQueue)`,
    }),
    ...walked<Context>(value, { acceptable_latency: part, msg_processing_time: part, cooldown }, context),
  ]
}

export const count = (value: Value, context: Context): Items => {
  const { path } = context
  const tasks = wholeNumber(value)
  if (tasks !== undefined) return [limit(value, context, 'min', tasks), limit(value, context, 'max', tasks)]
  if (!isMap(value)) return [malformed(value, 'a number of tasks')]
  return walked<Context>(
    value,
    {
      range,
      spot: (each) => {
        const found = wholeNumber(each)
        return found === undefined
          ? [malformed(each, 'a number of tasks')]
          : [
              limit(each, context, 'min', found),
              limit(each, context, 'max', found),
              carried(each, [...path, 'spot'], 100),
            ]
      },
      cooldown,
      cpu_percentage: metric('cpu'),
      memory_percentage: metric('memory'),
      requests: metric('requestsPerTarget'),
      response_time: (each) => [
        lost(
          each,
          'answering slowly is no reason for more tasks in Portcullis',
          'scale by requestsPerTarget, cpu or memory',
          false,
        ),
      ],
      queue_delay: queueDelay,
    },
    context,
  )
}
