import * as z from 'zod'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'

export const ALB_LIMITS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html'

const SEGMENT = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+'

const pathRemedy = (value: string): string => {
  if (/[{}]/.test(value)) return 'write /orders/* where a route has /orders/{proxy+}; variables belong in api.routes'
  if (/[*?]/.test(value))
    return 'a wildcard is only possible as the last segment: write /orders/*, and handle the rest in the service'
  if (/^\/.*[^/]\/+$/.test(value))
    return `write ${value.replace(/\/+$/, '')}, and ${value.replace(/\/+$/, '')}/* for what is below it`
  if (/^[A-Za-z0-9]/.test(value) && !value.includes(':')) return `write /${value}`
  return 'write /, or segments of letters, digits and ._~- such as /orders, and /orders/* for everything below'
}

export const path = z
  .string()
  .max(
    128,
    says(
      (value) => `${show(value)} has ${value.length} characters`,
      'use at most 128 characters',
      `a listener rule takes no path that is longer: ${ALB_LIMITS}`,
    ),
  )
  .regex(new RegExp(`^(?:/|(?:/${SEGMENT})+(?:/\\*)?|/\\*)$`), says(isNot('a path'), pathRemedy))
  .refine(
    (value) => value.split('/').length <= 11,
    says(
      (value) => `${show(value)} has ${value.split('/').length - 1} segments`,
      'use at most 10 segments',
      'the priorities of listener rules are kept in bands, one per depth',
    ),
  )
