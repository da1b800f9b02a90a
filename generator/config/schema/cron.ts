/** Times as the schedulers of AWS take them. */
import * as z from 'zod'
import { show } from '../../errors/show.ts'
import { says } from './says.ts'

/** What to write instead of a wrong one. */
export const sixFields = (written: string): string =>
  written.trim().split(/\s+/).length === 5
    ? 'write six fields with the year last, and ? for the day of the month or of the week'
    : 'write minute, hour, day of the month, month, day of the week and year, one of the two days as ?'

const isTimezone = (value: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const timezone = z
  .string()
  .refine(
    (value) => /^[A-Z]/.test(value) && isTimezone(value),
    says((value) => `there is no time zone ${show(value)}`, 'write a name such as Europe/Berlin, or UTC'),
  )
  .default('UTC')
  .describe('Time zone of the expression; daylight saving is observed')
