/** The OpenAPI or Swagger document of an API, as events change it. */
import type { Mapping, Node } from '../read/node.ts'
import type { ApiDraft } from './draft.ts'
import { choiceOf, chosen, conditional, get, isNoValue, list, map, plainMap, set, truth, word } from './nodes.ts'

export const integrationKey = 'x-amazon-apigateway-integration'
export const anyMethod = 'x-amazon-apigateway-any-method'
export const defaultPath = '$default'

export const methodOf = (method: string): string => {
  const lower = method.toLowerCase()
  return lower === 'any' ? anyMethod : lower
}

/** The document if SAM would edit it, https://github.com/aws/serverless-application-model/blob/develop/samtranslator/open_api/open_api.py */
export function editable(api: ApiDraft): Mapping | undefined {
  const body = plainMap(api.body)
  if (!body || !plainMap(get(body, 'paths'))) return undefined
  const isThree = /^3(\.\d)(\.\d)?$/.test(word(get(body, 'openapi')) ?? '')
  return isThree || (api.kind === 'rest' && truth(get(body, 'swagger')) === true) ? body : undefined
}

/** The same for all branches of a choice, one level deep, as the translator looks. */
export function branchesOf(node: Node | undefined): readonly Node[] {
  if (!node) return []
  const choice = choiceOf(node)
  return choice ? choice.branches.filter((branch) => !isNoValue(branch)) : [node]
}

export const hasIntegration = (operation: Node): boolean => truth(get(operation, integrationKey)) !== false

const pathsOf = (api: ApiDraft): Mapping | undefined => plainMap(get(api.body, 'paths'))

/** The maps that may stand at a path; a form that the translator refuses leaves the document open. */
export function pathItems(api: ApiDraft, path: string): readonly Mapping[] {
  return branchesOf(get(pathsOf(api), path)).flatMap((branch) => readable(api, branch, path))
}

export function operationsAt(api: ApiDraft, path: string, method: string): readonly Mapping[] {
  return pathItems(api, path).flatMap((item) =>
    branchesOf(get(item, methodOf(method)))
      .flatMap((branch) => readable(api, branch, `${method} ${path}`))
      .filter(hasIntegration),
  )
}

export function readable(api: ApiDraft, node: Node, what: string): Mapping[] {
  const found = plainMap(node)
  if (!found) api.reasons.add(`the form of ${what} in ${api.id} is not modelled`)
  return found ? [found] : []
}

export const allPaths = (api: ApiDraft): readonly string[] => [...(pathsOf(api)?.entries.keys() ?? [])]

/** Whether each branch of the path has an integration there. */
export function isTaken(api: ApiDraft, path: string, method: string): boolean {
  const items = branchesOf(get(pathsOf(api), path))
  return (
    items.length > 0 &&
    items.every((item) => branchesOf(get(item, methodOf(method))).some((each) => hasIntegration(each)))
  )
}

export function addPath(api: ApiDraft, path: string, method: string, at: number): void {
  const paths = pathsOf(api)
  if (!paths) return
  if (!get(paths, path)) set(paths, path, map(at, {}), at)
  for (const item of pathItems(api, path))
    if (!get(item, methodOf(method))) set(item, methodOf(method), map(at, {}), at)
}

/** An integration for the operation; under the condition of the function that it leads to. */
export function integrate(
  api: ApiDraft,
  path: string,
  method: string,
  integration: Mapping,
  condition: string | undefined,
): void {
  addPath(api, path, method, integration.at)
  for (const item of pathItems(api, path)) {
    const operation = get(item, methodOf(method))
    const own = operation && plainMap(operation)
    if (!own) {
      api.reasons.add(`the form of ${method} ${path} in ${api.id} is not modelled`)
      continue
    }
    set(own, integrationKey, integration)
    if (condition !== undefined) set(item, methodOf(method), conditional(condition, own, integration.at))
  }
}

/** One more alternative, as the translator writes it: in addition to what the author requires, not instead of it. */
export function addSecurity(api: ApiDraft, path: string, method: string, name: string, scopes: Node, at: number): void {
  for (const operation of operationsAt(api, path, method)) {
    const existing = get(operation, 'security')
    if (existing && existing.kind !== 'list') {
      api.reasons.add(`the security of ${method} ${path} in ${api.id} is not modelled`)
      continue
    }
    set(operation, 'security', list([...(existing?.items ?? []), map(at, { [name]: scopes })], at))
  }
}

/** Wraps a whole path, so that it exists only under a condition. */
export function makePathConditional(api: ApiDraft, path: string, condition: string): void {
  const paths = pathsOf(api)
  const item = get(paths, path)
  if (!paths || !item) return
  const choice = choiceOf(item)
  set(paths, path, choice ? chosen(choice, item.at, (branch) => branch) : conditional(condition, item, item.at))
  if (choice) api.reasons.add(`the condition of ${path} in ${api.id} is not modelled`)
}

/** A map below the document's top, made if it is not there; undefined when something else is there. */
export function section(api: ApiDraft, names: readonly string[], at: number): Mapping | undefined {
  let node: Mapping | undefined = plainMap(api.body)
  for (const name of names) {
    if (!node) return undefined
    const next: Node | undefined = get(node, name)
    if (!next || (next.kind === 'map' && next.entries.size === 0)) set(node, name, map(at, {}), at)
    node = plainMap(get(node, name))
  }
  if (!node) api.reasons.add(`${names.join('.')} in ${api.id} is not modelled`)
  return node
}

/** Names in a list of texts; undefined when it is something else. */
export const scopesOf = (node: Node | undefined, at: number): Node =>
  node && truth(node) !== false ? node : list([], at)
