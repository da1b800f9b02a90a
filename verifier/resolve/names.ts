/**
 * Who names whom, in any world: every branch of every condition counts. It is only ever used for a "no": what is not in
 * here is named in no world.
 */
import { child, type Node, textOf } from '../read/node.ts'
import { openBy } from './calls.ts'
import type { Program, Resource, Stack } from './program.ts'
import type { Settings } from './resolver.ts'
import { isDynamic } from './stored.ts'
import { defaultGroupOf } from './taint.ts'
import { nothing, type Taint, union } from './value.ts'

/** Key of a resource -> keys of what its properties may name. */
export type Names = ReadonlyMap<string, Taint>

/** Keys found so far, unless anything may be named. */
type Found = { readonly keys: Set<string>; isAll: boolean }

export function namesIn(program: Program, { attributeOf }: Pick<Settings, 'attributeOf'>): Names {
  const walking = new Set<Node>()
  const shared = new Map<Node, Taint>()

  const add = (found: Found, taint: Taint): void => {
    if (taint === 'all') found.isAll = true
    else for (const key of taint) found.keys.add(key)
  }

  const inNode = (node: Node | undefined, stack: Stack, found: Found): void => {
    if (!node || found.isAll) return
    if (node.kind === 'scalar') {
      if (isDynamic(node.text)) add(found, stored())
      return
    }
    if (node.kind === 'list') {
      for (const item of node.items) inNode(item, stack, found)
      return
    }
    if (openBy(node) !== undefined) found.isAll = true
    else for (const [key, { node: item }] of node.entries) inEntry(key, item, stack, found)
  }

  const inEntry = (key: string, item: Node, stack: Stack, found: Found): void => {
    switch (key) {
      case 'Ref':
        if (item.kind === 'scalar') named(item.text, '', stack, found)
        else found.isAll = true
        break
      case 'Fn::GetAtt':
        inGetAtt(item, stack, found)
        break
      case 'Fn::Sub':
        inSub(item, stack, found)
        break
      case 'Fn::FindInMap':
        inMapping(item, stack, found)
        break
      case 'Fn::ImportValue':
        add(found, outputs(true))
        inNode(item, stack, found)
        break
      case 'Fn::GetStackOutput':
        add(found, outputs(false))
        inNode(item, stack, found)
        break
      default:
        inNode(item, stack, found)
    }
  }

  const inGetAtt = (item: Node, stack: Stack, found: Found): void => {
    const parts = item.kind === 'list' ? item.items : [item]
    if (!parts.every((part) => part.kind === 'scalar')) {
      found.isAll = true
      return
    }
    const written = parts.map((part) => textOf(part) ?? '').join('.')
    const dot = written.indexOf('.')
    named(written.slice(0, dot), written.slice(dot + 1), stack, found)
  }

  const inMapping = (item: Node, stack: Stack, found: Found): void => {
    const all = child(stack.source.root, 'Mappings')
    const name = item.kind === 'list' ? textOf(item.items[0]) : undefined
    add(found, once(name === undefined ? all : child(all, name), stack))
    inNode(item, stack, found)
  }

  const inSub = (item: Node, stack: Stack, found: Found): void => {
    const template = textOf(item.kind === 'list' ? item.items[0] : item)
    if (template === undefined) {
      found.isAll = true
      return
    }
    const own = item.kind === 'list' ? item.items[1] : undefined
    inNode(item, stack, found)
    for (const [, inner = ''] of template.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      const name = inner.trim()
      if (child(own, name)) continue
      const dot = name.indexOf('.')
      if (dot < 0) named(name, '', stack, found)
      else named(name.slice(0, dot), name.slice(dot + 1), stack, found)
    }
  }

  const named = (name: string, attribute: string, stack: Stack, found: Found): void => {
    const resource = program.resources.get(`${stack.key}/${name}`)
    if (!resource) {
      const declaration = child(child(stack.source.root, 'Parameters'), name)
      if (!declaration) return
      if (textOf(child(declaration, 'Type'))?.startsWith('AWS::SSM::Parameter::Value')) add(found, stored())
      for (const written of ['Default', 'AllowedValues']) add(found, once(child(declaration, written), stack))
      if (stack.parent) given(stack.parent, name, found)
      return
    }
    const nested = stack.children.get(name)
    if (!nested || !attribute.startsWith('Outputs.')) ofAttribute(resource, attribute, found)
    else if (nested.macro) found.isAll = true
    else add(found, once(child(child(nested.source.root, 'Outputs'), attribute.slice('Outputs.'.length)), nested))
  }

  const ofAttribute = (resource: Resource, attribute: string, found: Found): void => {
    const kind = attributeOf(resource.type, attribute)
    switch (kind?.kind) {
      case 'identity':
        found.keys.add(resource.key)
        for (const name of kind.names ?? []) add(found, once(childAt(resource, name), resource.stack))
        break
      case 'derived':
        found.keys.add(resource.key)
        add(found, once(child(resource.node, 'Properties'), resource.stack))
        break
      case 'default-group':
        found.keys.add(defaultGroupOf(resource.key))
        break
      case 'data':
        break
      case 'echo':
        found.keys.add(resource.key)
        add(found, once(childAt(resource, kind.property), resource.stack))
        break
      default:
        found.isAll = true
    }
  }

  const given = ({ stack, resource }: NonNullable<Stack['parent']>, name: string, found: Found): void => {
    const all = child(child(resource.node, 'Properties'), 'Parameters')
    add(found, once(child(all, name) ?? all, stack))
  }

  /** What many refer to is worked out once. What goes round in a circle may be anything. */
  const once = (node: Node | undefined, stack: Stack): Taint => {
    if (!node) return nothing
    const before = shared.get(node)
    if (before) return before
    if (walking.has(node)) return 'all'
    walking.add(node)
    const found: Found = { keys: new Set(), isAll: false }
    inNode(node, stack, found)
    walking.delete(node)
    const taint: Taint = found.isAll ? 'all' : found.keys
    shared.set(node, taint)
    return taint
  }

  const stored = remembered(() =>
    union(
      [...program.resources.values()].flatMap((resource) =>
        resource.type === 'AWS::SSM::Parameter' || resource.type === 'AWS::SecretsManager::Secret'
          ? [once(child(resource.node, 'Properties'), resource.stack)]
          : [],
      ),
    ),
  )

  const outputs = (isExport: boolean): Taint =>
    union(
      program.stacks.flatMap((stack) => {
        const section = child(stack.source.root, 'Outputs')
        if (section?.kind !== 'map') return []
        return [...section.entries.values()].flatMap(({ node }) =>
          !isExport || child(node, 'Export') ? [once(child(node, 'Value'), stack)] : [],
        )
      }),
    )

  return new Map(
    [...program.resources.values()].map((resource) => [
      resource.key,
      openBy(resource.node) !== undefined ? 'all' : once(child(resource.node, 'Properties'), resource.stack),
    ]),
  )
}

const childAt = ({ node }: Resource, path: string): Node | undefined => {
  const properties = child(node, 'Properties')
  const [first = ''] = path.split('.')
  return properties && openBy(node) === undefined ? (child(properties, first) ?? dynamicPart(properties)) : undefined
}

/** Properties that a function gives as a whole. */
const dynamicPart = (properties: Node): Node | undefined =>
  properties.kind === 'map' && [...properties.entries.keys()].some((key) => key.startsWith('Fn::'))
    ? properties
    : undefined

/** What is stored and refers to what is stored may be anything. */
function remembered(make: () => Taint): () => Taint {
  let made: Taint | undefined
  let isMaking = false
  return () => {
    if (made !== undefined || isMaking) return made ?? 'all'
    isMaking = true
    made = make()
    isMaking = false
    return made
  }
}

export const mayName = (names: Names, resource: string, key: string): boolean => {
  const found = names.get(resource)
  return found === 'all' || (found?.has(key) ?? false)
}
