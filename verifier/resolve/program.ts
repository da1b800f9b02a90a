/** Templates read and put together: nested stacks inside their parents, everything under one key per resource. */
import { UnreadableTemplate } from '../read/errors.ts'
import { child, type Mapping, type Node, type Source, textOf } from '../read/node.ts'
import { position } from '../read/positions.ts'
import { readTemplate } from '../read/read-template.ts'
import type { Refusal } from '../sam/refusal.ts'
import { refusalIn } from '../sam/refusals.ts'
import { translateSam } from '../sam/translate.ts'
import { openBy } from './calls.ts'
import { dangling } from './dangling.ts'
import { expanded } from './for-each.ts'
import { sharedName } from './shared-names.ts'
import { unknownPart } from './unknown-parts.ts'

export type Place = { readonly file: string; readonly line: number }

export type Stack = {
  /** `template.yaml`, or `template.yaml/ApiStack` for a nested one. */
  readonly key: string
  readonly source: Source
  readonly parent?: { readonly stack: Stack; readonly resource: Resource }
  readonly children: Map<string, Stack>
  /** A macro that nobody here can expand. */
  readonly macro?: string
  /** Why SAM does not take it. */
  readonly refused?: Refusal & { readonly by: string }
  /** The stack set whose stacks these are: parameters, account and Region are their own. */
  readonly set?: { readonly stack: Stack; readonly resource: Resource }
}

export const rootOf = (stack: Stack): Stack => (stack.parent ? rootOf(stack.parent.stack) : stack)

/** What one of several templates names from outside may be of another one. */
export const isOneOfSeveral = ({ stacks }: Pick<Program, 'stacks'>): boolean =>
  stacks.filter(({ parent }) => !parent).length > 1

/** The declaration of a parameter of a top-level stack, by `<stack>:<parameter>`; those of nested stacks decide nothing. */
export function declarationOf({ stacks }: Pick<Program, 'stacks'>, parameter: string): Node | undefined {
  const colon = parameter.lastIndexOf(':')
  const stack = stacks.find(({ key, parent }) => !parent && key === parameter.slice(0, colon))
  return child(child(stack?.source.root, 'Parameters'), parameter.slice(colon + 1))
}

/** The value of such a parameter unless one is given; that of a type of stored parameters is only a name. */
export function defaultOf(program: Pick<Program, 'stacks'>, parameter: string): string | undefined {
  const declaration = declarationOf(program, parameter)
  if (textOf(child(declaration, 'Type'))?.startsWith('AWS::SSM::')) return undefined
  return textOf(child(declaration, 'Default')) || undefined
}

export type Resource = {
  /** Key of the stack, a slash, the logical ID. */
  readonly key: string
  readonly id: string
  /** Empty for a resource that is a transform and nothing else. */
  readonly type: string
  readonly stack: Stack
  readonly node: Mapping
  readonly at: number
}

export type Program = {
  readonly stacks: readonly Stack[]
  readonly resources: ReadonlyMap<string, Resource>
}

type Below = Pick<Stack, 'parent' | 'set'>

export type Files = (path: string) => string | undefined

const deepest = 8
/** A template that nests itself is only meant to exhaust its reader. */
const mostStacks = 200
const understoodTransforms = new Set(['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'])

/** Throws UnreadableTemplate for a template, given or nested, that cannot be read. */
export function load(templates: readonly { readonly path: string; readonly text: string }[], readFile: Files): Program {
  const stacks: Stack[] = []
  const resources = new Map<string, Resource>()

  const add = (key: string, path: string, text: string, below: Below = {}, depth = 0): Stack => {
    const read = readTemplate(path, text)
    const { node, open } = expanded(read)
    const root = translateSam(node)
    const refusedByIt = sharedName(node) ?? unknownPart(node) ?? dangling(node, node !== read.root || open.length > 0)
    const refusedBySam = refusalIn(node)
    const refused = refusedByIt
      ? { by: 'CloudFormation', ...refusedByIt }
      : refusedBySam && { by: 'SAM', ...refusedBySam }
    const source = { ...read, root }
    const macro = macroOf(source) ?? open[0]
    const stack: Stack = {
      key,
      source,
      children: new Map(),
      ...below,
      ...(macro ? { macro } : {}),
      ...(refused ? { refused } : {}),
    }
    stacks.push(stack)
    const section = child(source.root, 'Resources') as Mapping
    for (const [id, { node, at }] of section.entries) {
      if (node.kind !== 'map' || id.startsWith('Fn::')) continue
      const type = textOf(child(node, 'Type')) ?? (openBy(node) === undefined ? undefined : '')
      if (type === undefined) throw unreadable(source, at, `the resource ${id} has no Type`)
      const resource: Resource = { key: `${key}/${id}`, id, type, stack, node, at }
      resources.set(resource.key, resource)
      const body = bodyOf(resource, path, readFile)
      if (body === undefined) continue
      if (depth >= deepest) throw unreadable(source, at, `stacks are nested deeper than ${deepest}`)
      if (stacks.length >= mostStacks) throw unreadable(source, at, `there are more than ${mostStacks} stacks`)
      const isSet = type === 'AWS::CloudFormation::StackSet'
      const inner = add(
        resource.key,
        body.path,
        body.text,
        // A stack set gives its parameters per account and region, so its stacks stand for themselves.
        isSet ? { set: { stack, resource } } : { parent: { stack, resource } },
        depth + 1,
      )
      stack.children.set(id, inner)
    }
    return stack
  }

  for (const { path, text } of templates) add(path, path, text)
  return { stacks, resources }
}

export const placeOf = ({ stack, at }: Pick<Resource, 'stack' | 'at'>): Place => ({
  file: stack.source.path,
  line: position(stack.source, at).line,
})

/** Names of a template's parameters. Throws UnreadableTemplate. */
export function parameterNames(path: string, text: string): string[] {
  const parameters = child(readTemplate(path, text).root, 'Parameters')
  return parameters?.kind === 'map' ? [...parameters.entries.keys()] : []
}

const unreadable = (source: Source, at: number, message: string): UnreadableTemplate => {
  const { line, column } = position(source, at)
  return new UnreadableTemplate(source.path, line, column, message)
}

/** The body of a nested stack, application or stack set, where it is a local file or a text; a URL cannot be read here. */
function bodyOf({ type, node }: Resource, path: string, readFile: Files): { path: string; text: string } | undefined {
  const properties = child(node, 'Properties')
  if (type === 'AWS::CloudFormation::StackSet') {
    const text = textOf(child(properties, 'TemplateBody'))
    if (text !== undefined) return { path, text }
  }
  const written =
    type === 'AWS::CloudFormation::Stack' || type === 'AWS::CloudFormation::StackSet'
      ? textOf(child(properties, 'TemplateURL'))
      : type === 'AWS::Serverless::Application'
        ? textOf(child(properties, 'Location'))
        : undefined
  if (written === undefined || /^[a-z0-9]+:\/\//i.test(written)) return undefined
  const target = resolvePath(path, written)
  const text = readFile(target)
  return text === undefined ? undefined : { path: target, text }
}

/** A path that a template names, as seen from where the template was read. */
export function resolvePath(template: string, written: string): string {
  if (written.startsWith('/')) return written
  const parts = template.split('/').slice(0, -1)
  for (const part of written.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function holds(node: Node | undefined, key: string): boolean {
  if (node?.kind === 'list') return node.items.some((item) => holds(item, key))
  return (
    node?.kind === 'map' &&
    (node.entries.has(key) || [...node.entries.values()].some((entry) => holds(entry.node, key)))
  )
}

function macroOf(source: Source): string | undefined {
  const resources = child(source.root, 'Resources')
  const isIncluded = ['Conditions', 'Mappings', 'Outputs', 'Parameters', 'Rules'].some((section) =>
    holds(child(source.root, section), 'Fn::Transform'),
  )
  if (isIncluded || child(source.root, 'Fn::Transform') || child(resources, 'Fn::Transform')) return 'Fn::Transform'
  const transform = child(source.root, 'Transform')
  if (!transform) return undefined
  const names = transform.kind === 'list' ? transform.items : [transform]
  for (const each of names) {
    const name = textOf(each) ?? 'a macro'
    if (!understoodTransforms.has(name)) return name
  }
  return undefined
}
