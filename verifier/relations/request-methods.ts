/** With which methods an API sends requests through an integration. */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { textOf } from '../resolve/value.ts'
import { methodType } from './apis.ts'
import type { Integration } from './route.ts'
import { routesBehind } from './ways.ts'

/**
 * Undefined when it may be any. The integration says one itself, or `ANY`, and then it is that of the route:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
export function methodsOf(facts: Facts, api: Resource, integration: Integration): ReadonlySet<string> | undefined {
  const { resource } = integration
  if (!resource) return undefined
  const isRest = resource.type === methodType
  const sent = textOf(facts.get(resource, isRest ? 'Integration.IntegrationHttpMethod' : 'IntegrationMethod'))
  if (sent === undefined) return undefined
  if (isMethod(sent)) return new Set([sent])
  const routes = routesBehind(facts, api, integration)
  const methods = routes.map((route) => textOf(facts.get(route, isRest ? 'HttpMethod' : 'RouteKey'))?.split(' ')[0])
  const known = methods.filter((each) => each !== undefined && isMethod(each))
  return routes.length > 0 && known.length === methods.length ? new Set(known as string[]) : undefined
}

const isMethod = (word: string): boolean => /^[A-Z]+$/.test(word) && word !== 'ANY'
