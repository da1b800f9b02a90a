/** Schedules of Copilot -> expressions of EventBridge, as its code converted them. All times are UTC. */
import { carried, type Items, ignored, malformed } from '../item.ts'
import { milliseconds, textOf, type Value, wholeNumber } from '../value.ts'
import type { Context } from './context.ts'

const NAMED: Readonly<Record<string, string>> = {
  '@hourly': 'cron(0 * * * ? *)',
  '@daily': 'cron(0 0 * * ? *)',
  '@midnight': 'cron(0 0 * * ? *)',
  '@weekly': 'cron(0 0 ? * 1 *)',
  '@monthly': 'cron(0 0 1 * ? *)',
  '@yearly': 'cron(0 0 1 1 ? *)',
  '@annually': 'cron(0 0 1 1 ? *)',
}

type Converted = { readonly expression: string; readonly note?: string }

/** Copilot took a field that begins with a star for one that says nothing. */
const isOpen = (field: string): boolean => /^(?:\*|\?)/.test(field)

/** Sunday is 0 there, and 1 here. */
const weekday = (field: string): string => field.replace(/(?<!\/)\b[0-7]\b/g, (day) => String((Number(day) % 7) + 1))

const ofCron = (fields: readonly string[]): Converted | undefined => {
  const [minute = '', hour = '', day = '', month = '', weekdays = ''] = fields
  if (!isOpen(day) && !isOpen(weekdays)) return undefined
  const dropped = [day, weekdays].filter((field) => /^\*\//.test(field))
  const days = isOpen(weekdays) ? `${isOpen(day) ? '*' : day} ${month} ?` : `? ${month} ${weekday(weekdays)}`
  return {
    expression: `cron(${minute} ${hour} ${days} *)`,
    ...(dropped.length === 0
      ? {}
      : { note: `Copilot did not understand ${dropped.join(' and ')} and ran on every day; so does this` }),
  }
}

const minutes = (count: number): string => `rate(${count} ${count === 1 ? 'minute' : 'minutes'})`

export const converted = (written: string): Converted | undefined => {
  const text = written.trim()
  if (/^(?:cron|rate)\(.*\)$/.test(text)) return { expression: text }
  if (Object.hasOwn(NAMED, text)) return { expression: NAMED[text] ?? '' }
  const every = /^@every\s+(\S+)$/.exec(text)?.[1]
  if (every !== undefined) {
    const found = milliseconds({ kind: 'scalar', text: every, at: { file: '', line: 0, path: [] } })
    return found === undefined || found < 60_000 || found % 60_000 !== 0
      ? undefined
      : { expression: minutes(found / 60_000) }
  }
  const fields = text.split(/\s+/)
  return fields.length === 5 ? ofCron(fields) : undefined
}

export const schedule = (value: Value, { path }: Context): Items => {
  const text = textOf(value)
  if (text === 'none')
    return [
      carried(value, [...path, 'enabled'], false, { holds: path }),
      carried(value, [...path, 'schedule'], 'rate(365 days)'),
    ]
  const found = text === undefined ? undefined : converted(text)
  return found === undefined
    ? [malformed(value, 'a schedule that EventBridge can follow')]
    : [carried(value, [...path, 'schedule'], found.expression, found.note === undefined ? {} : { note: found.note })]
}

export const retries = (value: Value, { path }: Context): Items => {
  const count = wholeNumber(value)
  return [count === undefined ? malformed(value, 'a number') : carried(value, [...path, 'retries'], count)]
}

export const timeout = (value: Value, { path }: Context): Items => {
  const found = milliseconds(value)
  if (found === undefined) return [malformed(value, 'a duration')]
  const whole = Math.max(1, Math.ceil(found / 60_000))
  return [
    carried(
      value,
      [...path, 'timeoutMinutes'],
      whole,
      found % 60_000 === 0 ? {} : { note: 'rounded up to whole minutes' },
    ),
  ]
}

export const countOfJob = (value: Value): Items => [ignored(value, 'a job runs one task')]
