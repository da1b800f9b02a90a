/** Custom resources whose program is known: their type's name proves nothing, only the bytes that run do. */

import { mayName, type Names } from '../resolve/names.ts'
import { type Resource, resolvePath } from '../resolve/program.ts'
import type { Resolver } from '../resolve/resolver.ts'
import { at, isAbsent, textOf, type Value } from '../resolve/value.ts'
import { classOf } from './types/table.ts'

type Known = {
  readonly byType: ReadonlyMap<string, readonly Resource[]>
  readonly names: Names
  readonly ownFunctions: ReadonlySet<string>
  readonly readFile: (path: string) => string | undefined
}

/** Whether a custom resource runs a function that ships with Portcullis, byte for byte. */
export function isOwn(resolver: Resolver, custom: Resource, known: Known): boolean {
  if (!custom.type.startsWith('Custom::Portcullis')) return false
  const token = resolver.property(custom, 'ServiceToken')
  if (token.kind !== 'ref' || (token.attribute !== 'Arn' && token.attribute !== undefined)) return false
  return isOwnFunction(resolver, resolver.program.resources.get(token.resource), known)
}

/** Whether the code that a function runs is one that ships with Portcullis. */
export function isOwnFunction(resolver: Resolver, resource: Resource | undefined, known: Known): boolean {
  const code = codeOf(resolver, resource, known)
  return (
    code !== undefined &&
    known.ownFunctions.has(code) &&
    !mayBeChanged(resolver, resource, known) &&
    !isHandedOn(resolver, known)
  )
}

/**
 * What is given one of our functions and is not read may change it; what ours serve runs their code as it is. Where one
 * is handed on, none is trusted: it may change the others.
 */
function isHandedOn(resolver: Resolver, known: Known): boolean {
  const functions = known.byType.get('AWS::Lambda::Function') ?? []
  const ours = functions.filter((each) => known.ownFunctions.has(codeOf(resolver, each, known) ?? ''))
  return [...resolver.program.resources.values()].some((each) => {
    const isUnread = !each.stack.children.has(each.id) && (classOf(each.type) ?? 'container') === 'container'
    if (!isUnread || !ours.some(({ key }) => mayName(known.names, each.key, key))) return false
    const token = resolver.property(each, 'ServiceToken')
    const isOurs = token.kind === 'ref' && ours.some(({ key }) => key === token.resource)
    return !isOurs && resolver.exists(each)
  })
}

/** Rights on a function by which nobody changes it. */
const invoking: ReadonlySet<string> = new Set(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'])

/** A permission may let others replace the code: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
const mayBeChanged = (resolver: Resolver, resource: Resource | undefined, { byType }: Known): boolean =>
  (byType.get('AWS::Lambda::Permission') ?? []).some((permission) => {
    if (invoking.has(textOf(resolver.property(permission, 'Action')) ?? '')) return false
    const named = resolver.property(permission, 'FunctionName')
    const isOfAnother = named.kind === 'ref' && named.resource !== resource?.key
    return !isOfAnother && resolver.exists(permission)
  })

/** What changes nothing about the code that runs; layers, variables such as NODE_OPTIONS and all else may. */
const harmless = new Set([
  'Architectures',
  'Code',
  'DeadLetterConfig',
  'Description',
  'EphemeralStorage',
  'FunctionName',
  'Handler',
  'KmsKeyArn',
  'LoggingConfig',
  'MemorySize',
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'Tags',
  'Timeout',
  'TracingConfig',
  'VpcConfig',
])

function codeOf(resolver: Resolver, resource: Resource | undefined, known: Known): string | undefined {
  if (resource?.type !== 'AWS::Lambda::Function' || !resolver.exists(resource)) return undefined
  const properties = propertiesOf(resolver, resource)
  if (properties?.kind !== 'map') return undefined
  for (const [name, value] of properties.entries) if (!harmless.has(name) && !isAbsent(value)) return undefined
  const get = (path: string): string | undefined => textOf(at(properties, path))
  if (get('Handler') !== 'index.handler' || !/^nodejs\d+\.x$/.test(get('Runtime') ?? '')) return undefined
  const folder = get('Code')
  if (folder === undefined) return isOnly(at(properties, 'Code'), 'ZipFile') ? get('Code.ZipFile') : undefined
  return isLocal(folder) ? localCode(resource, folder, known.readFile) : undefined
}

/** Of two places of the code, which one counts is not documented. */
const isOnly = (code: Value, wanted: string): boolean =>
  code.kind === 'map' && [...code.entries].every(([name, value]) => name === wanted || isAbsent(value))

const propertiesOf = (resolver: Resolver, { node, stack }: Resource): Value | undefined => {
  const properties = node.entries.get('Properties')?.node
  return properties && node.open === undefined && !node.entries.has('Fn::Transform')
    ? resolver.evaluate(properties, stack)
    : undefined
}

const isLocal = (path: string): boolean => !/^[a-z0-9]+:\/\//i.test(path)

/**
 * The runtime loads `index` before `index.js`, a package.json changes what the file means, and a module beside it is
 * found before that of the runtime, https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
function localCode(resource: Resource, folder: string, readFile: Known['readFile']): string | undefined {
  const within = (name: string): string | undefined =>
    readFile(
      resolvePath(resource.stack.source.path, `${folder.replace(/\/index\.js$/, '').replace(/\/$/, '')}/${name}`),
    )
  const code = within('index.js')
  if (code === undefined || within('index') !== undefined || within('package.json') !== undefined) return undefined
  const modules = [...code.matchAll(/require\((["'])([^"']+)\1\)/g)].map(([, , name = '']) => name)
  const isShadowed = modules
    .filter((name) => !name.startsWith('node:'))
    .some(
      (name) =>
        ['package.json', 'index.js'].some((file) => within(`node_modules/${name}/${file}`) !== undefined) ||
        within(`node_modules/${name}.js`) !== undefined,
    )
  return isShadowed ? undefined : code
}
