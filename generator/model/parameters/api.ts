import { allowed, ORIGIN } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

const group = 'API'

export const throttleRate = (rate: number): Parameter =>
  limit(
    'ThrottleRate',
    'rate',
    rate,
    'Requests per second',
    'Requests per second that the API accepts on average, over all routes and callers.',
  )

export const throttleBurst = (burst: number): Parameter =>
  limit('ThrottleBurst', 'burst', burst, 'Requests at once', 'Requests that the API accepts at once.')

const limit = (name: string, key: string, value: number, label: string, description: string): Parameter => ({
  name,
  family: name,
  from: ['api', 'throttle', key],
  scope: [],
  type: 'Number',
  default: String(value),
  label,
  description,
  group,
  minValue: 1,
  maxValue: 100_000,
  constraintDescription: 'must be a whole number from 1 to 100000',
})

export const corsOrigins = (origins: readonly string[]): Parameter => ({
  name: 'CorsOrigins',
  family: 'CorsOrigins',
  from: ['api', 'cors', 'origins'],
  scope: [],
  type: 'CommaDelimitedList',
  default: origins.join(','),
  label: 'Origins of browsers',
  description: 'Web pages that may call the API from a browser, separated by commas.',
  group,
  allowedPattern: allowed(ORIGIN),
  constraintDescription: 'must be the scheme and host of each page, without a path, such as https://app.example.com',
})
