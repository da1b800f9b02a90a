import * as z from 'zod'
import { isNot, says } from '../says.ts'

/** What a mapping key may hold: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html */
const SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9$_.+!*'()-]+"

const withoutEnds = (value: string): string => value.replace(/^\/+|\/+$/g, '')

export const basePath = z
  .string()
  .max(
    300,
    says<string>((value) => `the base path has ${value.length} characters`, 'use at most 300 characters'),
  )
  .regex(
    new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`),
    says(isNot('a base path'), (value) =>
      withoutEnds(value) !== value && withoutEnds(value) !== ''
        ? `write ${withoutEnds(value)}`
        : "write segments of letters, digits and $-_.+!*'() without a slash at either end, such as orders or orders/v1",
    ),
  )
