/** Which name API Gateway verifies on the certificate of the load balancer. */
import { any, booleanOf, entry, isAbsent, joined, nothing, text, textOf, type Value } from '../resolve/value.ts'
import type { Integration, Verified } from './route.ts'

/** HTTP APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
export function verifiedByName(name: string, tls: Value, property = 'ServerNameToVerify'): Verified {
  if (tls.kind === 'any' || tls.kind === 'outside') return { kind: 'unknown', value: tls }
  const value = entry(tls, property)
  return isAbsent(value)
    ? {
        kind: 'none',
        because: `${name} has no TlsConfig.ServerNameToVerify, so API Gateway does not use TLS with a verified name`,
        remedy: 'set TlsConfig.ServerNameToVerify to a name on the certificate',
      }
    : { kind: 'name', value }
}

/**
 * REST APIs verify the host of an https URI, unless they are told to skip it:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html
 */
export function verifiedByUri(name: string, uri: Value, tls: Value): Pick<Integration, 'verified' | 'port'> {
  const skips =
    booleanOf(entry(tls, 'insecureSkipVerification'), false) ?? booleanOf(entry(tls, 'InsecureSkipVerification'), false)
  const found = hostOf(uri)
  if (!found) return { port: undefined, verified: { kind: 'unknown', value: uri } }
  const { port } = found
  if (!found.isTls)
    return {
      port,
      verified: {
        kind: 'none',
        because: `the Uri of ${name} is not https, so the last hop has no TLS`,
        remedy: 'write Uri: https:// with a name on the certificate',
      },
    }
  if (skips !== false && !isAbsent(tls))
    return {
      port,
      verified: {
        kind: 'none',
        because: `${name} skips the verification of the certificate`,
        remedy: 'remove insecureSkipVerification',
      },
    }
  if (partsOf(found.host).some((part) => textOf(part)?.includes('${stageVariables.')))
    return {
      port,
      verified: {
        kind: 'unknown',
        value: unreadable(`the host of the Uri of ${name} without a variable of the stage`),
      },
    }
  return { port, verified: { kind: 'name', value: found.host } }
}

const partsOf = (value: Value): readonly Value[] => (value.kind === 'joined' ? value.parts : [value])

const unreadable = (name: string): Value => any(name, nothing, { kind: 'unreadable', name })

/** `https://host:port/path`, of which parts may not be known. */
function hostOf(
  uri: Value,
): { readonly host: Value; readonly port: number | undefined; readonly isTls: boolean } | undefined {
  const [first, ...rest] = uri.kind === 'joined' ? uri.parts : [uri]
  const start = first ? textOf(first) : undefined
  const scheme = start === undefined ? undefined : /^(https?):\/\//i.exec(start)
  if (start === undefined || !scheme) return undefined
  const isTls = scheme[1]?.toLowerCase() === 'https'
  const parts: Value[] = []
  let port: number | undefined = isTls ? 443 : 80
  for (const part of [text(start.slice(scheme[0].length)), ...rest]) {
    const plain = textOf(part)
    const end = plain === undefined ? -1 : plain.search(/[:/?]/)
    if (plain === undefined || end < 0) {
      parts.push(part)
      continue
    }
    parts.push(text(plain.slice(0, end)))
    if (plain[end] === ':') {
      const digits = /^:(\d+)(?:[/?]|$)/.exec(plain.slice(end))
      port = digits ? Number(digits[1]) : undefined
    }
    break
  }
  return { host: joined(parts), port, isTls }
}
