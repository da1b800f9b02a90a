import * as z from 'zod'
import { METHODS } from '../../../aws/http-methods.ts'
import { show } from '../../../errors/show.ts'
import { isNot, says } from '../says.ts'
import { QUOTAS, withoutComma } from './list-item.ts'

const SEGMENT = '(?:(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+|\\{[A-Za-z_][A-Za-z0-9_]*\\})'

const routeRemedy = (value: string): string => {
  const [method = '', path = ''] = value.trim().split(/\s+/)
  if (/^[a-z]+$/.test(method) && path.startsWith('/')) return `write ${method.toUpperCase()} ${path}`
  if (method.startsWith('/')) return `write a method before the path: ANY ${method}`
  if (path.endsWith('/*')) return `write ${method} ${path.slice(0, -1)}{proxy+}`
  if (/[^/]\/$/.test(path)) return `write ${method} ${path.slice(0, -1)}`
  return `write a method (${METHODS.join(', ')}), a space and a path such as /orders, /orders/{id} or /orders/{proxy+} (last segment only), or $default`
}

const variablesOf = (route: string): string[] => [...route.matchAll(/\{(\w+)\+?\}/g)].map((match) => match[1] ?? '')

export const route = z
  .strictObject({
    route: z
      .string()
      .max(
        512,
        says((value) => `the route has ${value.length} characters`, 'use at most 512 characters'),
      )
      .regex(
        new RegExp(
          `^(?:\\$default|(?:${METHODS.join('|')}) (?:/|(?:/${SEGMENT})+(?:/\\{[A-Za-z_][A-Za-z0-9_]*\\+\\})?|/\\{[A-Za-z_][A-Za-z0-9_]*\\+\\}))$`,
        ),
        says(isNot('a route'), routeRemedy),
      )
      .refine(
        (value) => new Set(variablesOf(value)).size === variablesOf(value).length,
        says((value) => `${show(value)} uses one variable twice`, 'give every variable its own name'),
      )
      .describe('Method and path')
      .meta({ examples: ['ANY /orders/{proxy+}'] }),
    auth: z
      .string()
      .optional()
      .describe('Name of an authorizer, iam, or none for an open route; left out: defaultAuth')
      .meta({ examples: ['customers'] }),
    scopes: z
      .array(withoutComma('a scope', 256))
      .max(
        10,
        says<readonly string[]>(
          (value) => `${value.length} scopes are too many`,
          'use at most 10',
          `API Gateway allows 10 per route: ${QUOTAS}`,
        ),
      )
      .default([])
      .describe('Scopes of which a token needs at least one; only with jwt')
      .meta({ examples: [['orders.read']] }),
  })
  .describe('A route')
  .meta({ examples: [{ route: 'ANY /orders/{proxy+}', auth: 'customers' }] })
