/** Values that one stack takes from another: exports and outputs. */
import { child, textOf as scalarText } from '../read/node.ts'
import { declarationOf, rootOf, type Stack } from './program.ts'
import { givenFor, type Resolver } from './resolver.ts'
import { nearness } from './stack-sets.ts'
import { taintOf } from './taint.ts'
import { any, entry, joined, keyOf, type Origin, originsOf, outside, text, textOf, union, type Value } from './value.ts'
import { Undecided } from './world.ts'

type Export = {
  readonly stack: Stack
  readonly name: Value
  readonly isThere: () => boolean
  readonly value: () => Value
}

/** Templates that are given together meet by the names of their exports, also where a parameter names the stack. */
export function imported(resolver: Resolver, name: Value, stack: Stack): Value {
  // Each account and Region has exports of its own.
  const near = exportsOf(resolver).map((each) => ({ ...each, near: nearness(resolver, each.stack, stack) }))
  const exports = near.filter((each) => each.near !== 'other')
  decideNames(resolver, name, exports)
  const sure = exports.filter((each) => each.near === 'same')
  const same = sure.filter((each) => keyOf(each.name) === keyOf(name) && isFixed(name) && each.isThere())
  const alike = same.length > 0 ? same : sure.filter((each) => isOfNamedStack(name, each, stack) && each.isThere())
  const [only] = alike
  const isKnown = only !== undefined && alike.length === 1
  const isClear = partsOf(name).every(isReadable)
  const given = isClear ? givenFor(resolver.settings, written(name), !isKnown) : undefined
  if (isKnown) return only.value()
  if (given !== undefined) return text(given)
  // An export of a name that is not the same for certain may be meant; one of the same stack only if nobody can say.
  const perhaps = exports.filter(
    (each) => (!isClear || rootOf(each.stack) !== rootOf(stack)) && mayMeet(name, each.name) && each.isThere(),
  )
  const taint = union(perhaps.map((each) => taintOf(resolver, each.value())))
  const key = `import ${keyOf(name)}`
  const origin = originOf('import', [name], stack)
  if (!isClear) return any(key, taint, origin, ...originsOf(name).filter(({ kind }) => kind === 'parameter'))
  return taint === 'all' || taint.size > 0 ? any(key, taint, origin, ...openIn(name)) : outside(key, origin)
}

const isReadable = ({ kind }: Value): boolean => kind === 'text' || kind === 'outside' || kind === 'ref'

/** What is found by a name: called by it, or by what the name is made of where that cannot be worked out. */
function originOf(what: string, names: readonly Value[], stack: Stack): Origin {
  const root = rootOf(stack).key
  if (names.flatMap(partsOf).every(isReadable)) return { kind: 'import', name: names.map(written).join('.'), root }
  const parts = [...new Set(names.flatMap(originsOf).map(({ name }) => name))]
  return { kind: 'function', name: `the ${what} by ${parts.join(' and ') || 'an unknown name'}`, root }
}

/**
 * A parameter may say which export is meant: with its Default, or with an allowed value, the name may be that of one of
 * the templates' own. Throws Undecided, so that each of these is looked at by itself.
 */
function decideNames(resolver: Resolver, name: Value, exports: readonly Export[]): void {
  if (exports.length === 0) return
  // What is chosen with a parameter, out of a map or a list.
  const chosen = partsOf(name)
    .flatMap((part) => (part.kind === 'any' ? openIn(part) : []))
    .find(({ parameter, values = [] }) => values.length > 0 || witnesses(resolver, parameter).length > 0)
  if (chosen?.parameter !== undefined) throw new Undecided({ parameter: chosen.parameter, values: chosen.values ?? [] })
  for (const each of exports) {
    if (keyOf(each.name) === keyOf(name)) continue
    const open = [...new Set([name, each.name].flatMap(openIn).flatMap(({ parameter }) => parameter ?? []))]
    const [first] = open.filter((parameter) => witnesses(resolver, parameter).length > 0)
    if (first !== undefined && mayBecomeSame(resolver, name, each.name, open))
      throw new Undecided({ parameter: first, values: [] })
  }
}

/** More combinations than names are made of. */
const mostCombinations = 1024

function mayBecomeSame(resolver: Resolver, one: Value, another: Value, parameters: readonly string[]): boolean {
  const all = parameters.map((parameter) => ({ parameter, values: witnesses(resolver, parameter) }))
  const combinations = all.reduce((count, { values }) => count * (values.length + 1), 1)
  if (combinations > mostCombinations) return true
  const tried = all.reduce<readonly ReadonlyMap<string, string>[]>(
    (maps, { parameter, values }) =>
      maps.flatMap((map) => [map, ...values.map((value) => new Map([...map, [parameter, value]]))]),
    [new Map()],
  )
  return tried.some((choices) => {
    resolver.settings.step()
    return keyOf(substituted(one, choices)) === keyOf(substituted(another, choices))
  })
}

const substituted = (name: Value, choices: ReadonlyMap<string, string>): Value =>
  joined(
    partsOf(name).map((part) => {
      const choice = part.kind === 'outside' ? choices.get(part.origin.parameter ?? '') : undefined
      return choice === undefined ? part : text(choice)
    }),
  )

/** Values that a parameter of a template has for certain in some world. */
function witnesses({ program }: Resolver, parameter: string | undefined): readonly string[] {
  const declaration = parameter === undefined ? undefined : declarationOf(program, parameter)
  const allowed = child(declaration, 'AllowedValues')
  const values = [child(declaration, 'Default'), ...(allowed?.kind === 'list' ? allowed.items : [])]
  return [...new Set(values.flatMap((value) => scalarText(value) ?? []))]
}

const openIn = (name: Value): Origin[] => originsOf(name).filter(({ parameter }) => parameter !== undefined)

/** Any output of a stack, found by the stack's name: what stacks are called is not in the templates. */
export function stackOutput(resolver: Resolver, argument: Value, stack: Stack): Value {
  const parts =
    argument.kind === 'list' ? argument.items : [entry(argument, 'StackName'), entry(argument, 'OutputName')]
  const [, wanted] = parts.map(textOf)
  // An earlier deployment of the same stack has outputs too.
  const values = resolver.program.stacks.flatMap((other) => {
    const outputs = child(other.source.root, 'Outputs')
    if (outputs?.kind !== 'map') return []
    return [...outputs.entries].flatMap(([id, { node }]) =>
      wanted === undefined || id === wanted ? [resolver.evaluate(child(node, 'Value'), other)] : [],
    )
  })
  const origin = originOf('output', parts, stack)
  const taint = union(values.map((value) => taintOf(resolver, value)))
  const key = `output ${keyOf(argument)}`
  const isClear = origin.kind === 'import'
  const given = isClear ? givenFor(resolver.settings, origin.name, taint !== 'all' && taint.size === 0) : undefined
  if (given !== undefined) return text(given)
  const whole: Origin = isClear ? { ...origin, kind: 'function', name: `the output ${origin.name}` } : origin
  return taint === 'all' || taint.size > 0 ? any(key, taint, whole) : outside(key, origin)
}

/** Every export, whether it exists in this world or not; names are worked out, values only when asked for. */
function exportsOf(resolver: Resolver): Export[] {
  return resolver.program.stacks.flatMap((stack) => {
    const outputs = child(stack.source.root, 'Outputs')
    if (outputs?.kind !== 'map') return []
    return [...outputs.entries.values()].flatMap(({ node }) => {
      const exported = child(child(node, 'Export'), 'Name')
      if (!exported) return []
      const condition = scalarText(child(node, 'Condition'))
      return [
        {
          stack,
          name: resolver.evaluate(exported, stack),
          isThere: () =>
            (!stack.parent || resolver.exists(stack.parent.resource)) &&
            (condition === undefined || resolver.condition(condition, stack)),
          value: () => resolver.evaluate(child(node, 'Value'), stack),
        },
      ]
    })
  })
}

/** A name as the template writes it, for people and for `--assume`. */
export function written(name: Value): string {
  switch (name.kind) {
    case 'text':
      return name.text
    case 'outside':
      return `\${${name.origin.name}}`
    case 'joined':
      return name.parts.map(written).join('')
    case 'ref':
      return `\${${originsOf(name)[0]?.name ?? ''}}`
    default:
      return keyOf(name)
  }
}

/** The same expression is the same name only where nothing in it belongs to one stack alone. */
const isFixed = (name: Value): boolean => name.kind === 'text' || name.kind === 'joined' || name.kind === 'outside'

/** `${Stack}-name` of one template for the export `${AWS::StackName}-name` of another that is given with it. */
function isOfNamedStack(wanted: Value, exported: Export, stack: Stack): boolean {
  if (rootOf(exported.stack) === rootOf(stack)) return false
  const [asked, given] = [wanted, exported.name].map(partsOf)
  return (
    asked !== undefined &&
    given !== undefined &&
    asked.length > 1 &&
    asked.length === given.length &&
    asked.every(
      (part, index) =>
        (part.kind === 'text' && keyOf(part) === keyOf(given[index] as Value)) ||
        (isA(part, 'parameter') && isStackName(given[index])),
    )
  )
}

const partsOf = (value: Value): readonly Value[] => (value.kind === 'joined' ? value.parts : [value])
const isA = (value: Value | undefined, kind: Origin['kind']): boolean =>
  value?.kind === 'outside' && value.origin.kind === kind
/** The name of a stack, of which no other of the account and region has the same. */
export const isStackName = (value: Value | undefined): boolean =>
  value?.kind === 'outside' && value.origin.kind === 'pseudo' && value.origin.name.startsWith('AWS::StackName')

/** Two texts that are both known differ; anything else may come out the same. */
function mayMeet(a: Value, b: Value): boolean {
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text
  const [ends, others] = [a, b].map((value) => partsOf(value))
  const [last, other] = [ends?.at(-1), others?.at(-1)]
  // The fixed ends of both must fit each other.
  if (last?.kind === 'text' && other?.kind === 'text')
    return last.text.endsWith(other.text) || other.text.endsWith(last.text)
  return true
}
