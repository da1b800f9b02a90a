/** Kinds of values that several sections share. Every pattern has its own message. */
import * as z from 'zod'
import { ACCOUNT, hostName, REGION, whole } from '../../aws/patterns.ts'
import { show } from '../../errors/show.ts'
import { isNot, says } from './says.ts'

/** A whole number between two limits, both with the reason (and the AWS page) for the limit. */
export const integer = (min: number, max: number, why?: string) =>
  z
    .int()
    .min(
      min,
      says<number>((value) => `${show(value)} is too small`, `write a whole number from ${min} to ${max}`, why),
    )
    .max(
      max,
      says<number>((value) => `${show(value)} is too large`, `write a whole number from ${min} to ${max}`, why),
    )

/** Text without line breaks or control characters, as AWS names and descriptions are. */
export const line = (max: number) =>
  z
    .string()
    .min(1, says('the text is empty', 'write some text'))
    .max(
      max,
      says((value) => `${show(value)} has ${value.length} characters`, `use at most ${max} characters`),
    )
    .regex(
      /^[^\p{Cc}]*$/u,
      says((value) => `${show(value)} contains a control character`, 'write plain text on one line'),
    )

const LETTER = '(?:[a-z0-9]|\\{account\\}|\\{region\\})'
const HOST = hostName(LETTER)

/** The host name that was meant by a URL, a wildcard, an absolute or an upper-case name. */
const bareHost = (value: string): string =>
  value
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#:].*$/s, '')
    .replace(/^(?:\*?\.)+/, '')
    .replace(/\.+$/, '')
    .replace(/\{(account|region)\}|[^{}]+/gi, (part) => part.toLowerCase())

const hostRemedy = (value: string, example: string): string => {
  const corrected = bareHost(value)
  return corrected !== value && whole(HOST).test(corrected)
    ? `write ${corrected}`
    : value.includes('{environment}')
      ? 'write the name of one environment, and give the others theirs as the parameter DomainName: environments: { dev: { parameters: { DomainName: dev.example.com } } }'
      : `write a name such as ${example}, in lower case; it may contain {account} and {region}`
}

/** A bare DNS name, with `{account}` and `{region}` as placeholders. */
export const bareHostName = () =>
  z
    .string()
    .max(
      253,
      says((value) => `${show(value)} has ${value.length} characters`, 'use at most 253 characters, as DNS allows'),
    )
    .regex(
      whole(HOST),
      says(
        isNot('a bare host name'),
        (value) => hostRemedy(value, 'api.example.com'),
        'the same name is on the certificate, in DNS and in the TLS handshake, which take neither URLs nor wildcards',
      ),
    )

/** A DNS name on a certificate, where the first label may be a wildcard. */
export const certificateName = () =>
  z
    .string()
    .max(
      253,
      says((value) => `${show(value)} has ${value.length} characters`, 'use at most 253 characters, as DNS allows'),
    )
    .regex(
      whole(`(?:\\*\\.)?${HOST}`),
      says(isNot('a name that a certificate can hold'), (value) =>
        hostRemedy(value, 'www.example.com or *.example.com'),
      ),
    )

export const accountId = () =>
  z
    .string()
    .regex(whole(ACCOUNT), says(isNot('an account id'), 'write the 12 digits in quotes, such as "111111111111"'))

export const region = () =>
  z.string().regex(whole(REGION), says(isNot('an AWS region'), 'write a region code such as eu-west-1'))

/** A key that people choose and that logical IDs are made of: lower-case words joined by hyphens. */
export const key = (what: string, max = 32) =>
  z
    .string()
    .max(
      max,
      says((value) => `${show(value)} has ${value.length} characters`, `use at most ${max} characters`),
    )
    .regex(
      /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
      says(
        isNot(`a name for ${what}`),
        'use lower-case letters, digits and single hyphens, starting with a letter, such as orders or order-items',
        'logical IDs and parameters are named after it',
      ),
    )
