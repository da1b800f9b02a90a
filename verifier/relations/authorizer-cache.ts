/**
 * For whom an authorizer keeps its answer: everybody with the same identity sources.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
 */
import { isAbsent, piecesOf, text, textOf, type Value } from '../resolve/value.ts'

/** Those that AWS asks a function about. */
const cachedTypes: ReadonlySet<string> = new Set(['request', 'token'])

const ofCaller = /^(?:\$request|method\.request|route\.request)\.(?:header|querystring)\.(.+)$/i
/** Headers that callers have in common. */
const common =
  /^(?:host|user-agent|accept|accept-.*|content-.*|origin|referer|connection|via|x-forwarded-.*|x-amzn-.*)$/i

/**
 * What keeps it from being known that an answer is kept for one caller only. Undefined where it is, and where none is
 * kept: without any source API Gateway refuses to keep answers.
 */
export function cachedForOthers(type: string, sources: Value, ttl: Value): Value | undefined {
  if (!cachedTypes.has(type.toLowerCase()) || isAbsent(sources) || textOf(ttl) === '0') return undefined
  const all = piecesOf(sources).flatMap((each) =>
    each.kind === 'text' ? each.text.split(',').map((part) => text(part.trim())) : [each],
  )
  if (all.every((each) => textOf(each) === '') || all.some(isOfCaller)) return undefined
  return all.find((each) => textOf(each) === undefined) ?? (isAbsent(ttl) ? sources : ttl)
}

function isOfCaller(source: Value): boolean {
  const [, name] = ofCaller.exec(textOf(source) ?? '') ?? []
  return name !== undefined && !common.test(name)
}
