/** Values that pass through AWS Systems Manager or Secrets Manager, which the same templates may have written there. */
import { child } from '../read/node.ts'
import { type Resource, rootOf, type Stack } from './program.ts'
import { givenFor, type Resolver } from './resolver.ts'
import { nearness } from './stack-sets.ts'
import { taintOf } from './taint.ts'
import { any, isAbsent, isOpen, keyOf, type Origin, outside, textOf, union, type Value } from './value.ts'

const marker = '{{resolve:'

export function isDynamic(value: Value | string): boolean {
  if (typeof value === 'string') return value.includes(marker)
  if (value.kind === 'text') return value.text.includes(marker)
  return value.kind === 'joined' && value.parts.some((part) => part.kind === 'text' && part.text.includes(marker))
}

type Store = 'AWS::SSM::Parameter' | 'AWS::SecretsManager::Secret'
/** Properties that hold what is stored: as it is, or a part of it. */
const stores: Readonly<Record<Store, { readonly value: string; readonly part?: string }>> = {
  'AWS::SSM::Parameter': { value: 'Value' },
  'AWS::SecretsManager::Secret': { value: 'SecretString', part: 'GenerateSecretString' },
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const wholeReference = /^\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}$/

/** A name or an ARN, and behind it a version, or the key of a JSON text. */
const nameAndPart = /^(arn(?::[^:]*){4}:(?:parameter|secret:)[^:]+|[^:]*)(.*)$/s
const isWhole = /^(?::SecretString)?:*$/

/** Wherever a text comes from, CloudFormation resolves the references in it. */
export function stored(resolver: Resolver, value: Value, stack: Stack): Value {
  if (value.kind === 'list' && value.items.some(isDynamic))
    return { ...value, items: value.items.map((item) => stored(resolver, item, stack)) }
  return isDynamic(value) ? dynamic(resolver, value, stack) : value
}

/** A text with dynamic references in it. */
function dynamic(resolver: Resolver, value: Value, stack: Stack): Value {
  const root = rootOf(stack).key
  const plain = textOf(value)
  const [, service, name] = plain === undefined ? [] : (wholeReference.exec(plain) ?? [])
  if (plain !== undefined && name !== undefined) {
    const store = service === 'secretsmanager' ? 'AWS::SecretsManager::Secret' : 'AWS::SSM::Parameter'
    const origin = { kind: 'dynamic', name: plain, root } as const
    const found = storedUnder(resolver, store, { kind: 'text', text: name }, stack, origin, plain)
    const given = givenFor(resolver.settings, plain, isUnwritten(found, plain))
    return given === undefined ? found : { kind: 'text', text: given }
  }
  // Only a part of it is resolved, or its name is put together.
  const all = (Object.keys(stores) as Store[]).flatMap((store) => writtenTo(resolver, store))
  const taint = union(all.map(({ value: stored }) => taintOf(resolver, stored)))
  const label = plain?.includes('}}') ? plain : 'a dynamic reference that is put together'
  return any(`dynamic(${JSON.stringify(value)})`, taint, { kind: 'function', name: label, root })
}

/** Whether it is only known by the name under which others stored it. */
export const isUnwritten = (found: Value, key: string): boolean => isOpen(found) && keyOf(found) === `?${key}`

/** What is stored under a name: what a template wrote there, or something from outside. */
export function storedUnder(
  resolver: Resolver,
  store: Store,
  name: Value,
  stack: Stack,
  origin: Origin,
  key: string,
): Value {
  const [, wanted, part = ''] = nameAndPart.exec(textOf(name) ?? '') ?? []
  const isCalled = (each: Written): boolean => wanted !== '' && isSameName(store, textOf(each.name), wanted)
  // Each account and Region has its own, and an ARN may be that of another account.
  const found = writtenTo(resolver, store).map((each) => ({
    ...each,
    near: nearness(resolver, each.resource.stack, stack),
  }))
  const written = found.filter(({ near }) => near !== 'other' || wanted?.startsWith('arn:'))
  const same = written.filter((each) => each.near === 'same' && isCalled(each))
  const [only] = same
  // Another version, or one key of a text, is not the value that the template writes.
  if (only && same.length === 1 && isWhole.test(part) && resolver.exists(only.resource)) return only.value
  const perhaps = [
    ...written.filter((each) => isCalled(each) || mayBe(store, each.name, name)),
    ...behind(resolver, store, name),
  ]
  const taint = union(perhaps.map(({ value }) => taintOf(resolver, value)))
  if (same.length > 0) return any(`a part of ${key}`, taint, { ...origin, kind: 'function' })
  return taint === 'all' || taint.size > 0 ? any(key, taint, origin) : outside(key, origin)
}

/** A name that CloudFormation makes up is not one that a template writes; an ARN holds the name. */
function mayBe(store: Store, written: Value, wanted: Value): boolean {
  if (isAbsent(written)) return wanted.kind !== 'text' && wanted.kind !== 'outside'
  const [name, whole] = [textOf(written), textOf(wanted)]
  if (name === undefined || whole === undefined) return true
  return whole.startsWith('arn:') && whole.includes(nameIn(store, name))
}

/**
 * A parameter without a hierarchy has the same name with a slash before it as without; spaces at the ends are no part
 * of it. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
 */
const nameIn = (store: Store, name: string): string =>
  store === 'AWS::SSM::Parameter' ? name.trim().replace(/^\/+/, '') : name

const isSameName = (store: Store, written: string | undefined, wanted: string | undefined): boolean =>
  written !== undefined && wanted !== undefined && nameIn(store, written) === nameIn(store, wanted)

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html */
const toSecrets = 'aws/reference/secretsmanager/'

/** Secrets of the templates that a parameter hands on. */
function behind(resolver: Resolver, store: Store, name: Value): readonly Written[] {
  if (store !== 'AWS::SSM::Parameter' || textOf(name)?.includes(toSecrets) !== true) return []
  return writtenTo(resolver, 'AWS::SecretsManager::Secret')
}

type Written = { readonly resource: Resource; readonly name: Value; readonly value: Value }

function writtenTo(resolver: Resolver, store: Store): Written[] {
  const { value, part } = stores[store]
  return [...resolver.program.resources.values()].flatMap((resource) => {
    if (resource.type !== store) return []
    const properties = child(resource.node, 'Properties')
    const name = (): Value => resolver.property(resource, 'Name')
    if (child(properties, value)) return [{ resource, name: name(), value: resolver.property(resource, value) }]
    if (part === undefined || !child(properties, part)) return []
    const taint = taintOf(resolver, resolver.property(resource, part))
    return [
      { resource, name: name(), value: any(`${resource.key}.${part}`, taint, { kind: 'opaque', name: resource.id }) },
    ]
  })
}
