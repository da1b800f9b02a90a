/** Which values a parameter may have, by its declaration. */
import { child, type Node, textOf } from '../read/node.ts'
import { declarationOf, type Program } from '../resolve/program.ts'
import { isListType, isStored } from '../resolve/references.ts'
import { isPlaceName, writtenPlaces, writtenValues } from '../resolve/stack-sets.ts'
import type { World } from '../resolve/world.ts'
import { isOfResource, resourceExamples } from './ids.ts'
import { examplesOf, matches } from './patterns.ts'
import { pseudoExamples, pseudoTakes } from './pseudo.ts'

export type Declared = {
  readonly default: string | undefined
  readonly allowedValues: readonly string[] | undefined
  readonly isList: boolean
  /** Whether it may have the value; undefined where that is not sure. */
  readonly takes: (value: string) => boolean | undefined
  readonly isSure: (value: string) => boolean
  /** Values that it may have, as far as they are easily found. */
  readonly examples: (count: number) => readonly string[]
}

/** `world` tells what is chosen for others. */
export function declared(program: Program, parameter: string, world: World): Declared {
  const name = parameterName(parameter)
  if (name.startsWith('AWS::')) {
    const scope = parameter.slice(0, -name.length)
    const stack = program.stacks.find(({ key, set }) => set && `${key}:` === scope)
    const places = stack && isPlaceName(name) ? writtenPlaces(stack, name) : undefined
    const takesPseudo = (value: string): boolean | undefined =>
      places?.includes(value) === false
        ? false
        : pseudoTakes(name, value, (other) => world.choices.get(`${scope}${other}`))
    return {
      default: undefined,
      allowedValues: undefined,
      isList: false,
      takes: takesPseudo,
      isSure: (value) => takesPseudo(value) === true,
      examples: (count) => places ?? pseudoExamples(name, count),
    }
  }
  const declaration = declarationOf(program, parameter)
  const allowed = child(declaration, 'AllowedValues')
  const type = textOf(child(declaration, 'Type')) ?? ''
  const fallback = textOf(child(declaration, 'Default'))
  const allowedValues = allowed?.kind === 'list' ? allowed.items.map((item) => textOf(item) ?? '') : undefined
  const isList = isListType(type)
  const stack = program.stacks.find(({ key, set }) => set && key === parameter.slice(0, -name.length - 1))
  const given = stack && writtenValues(stack, name)
  // Somebody may give it another one by hand, but nobody need.
  const isGiven = (value: string): boolean =>
    !given || (given.length > 0 ? given.includes(value) : fallback === undefined || value === fallback)
  const isTaken = (value: string): boolean | undefined =>
    isGiven(value) ? takes(declaration, type, value) : takes(declaration, type, value) && undefined
  return {
    default: fallback,
    allowedValues,
    isList,
    takes: isTaken,
    isSure: (value) => {
      const answer = isTaken(value)
      if (answer !== undefined) return answer
      // A pattern that only Java reads is kept by what the template writes itself.
      const isWritten = value === fallback || (!isList && allowedValues?.includes(value) === true)
      return isWritten && isGiven(value) && itemsOf(type, value).every((item) => isOfKind(declaration, type, item))
    },
    examples: (count) => examples(declaration, type, count),
  }
}

/** Whether a parameter of a top-level stack takes the value; undefined where that is not sure. */
export function mayHave(program: Program, parameter: string, value: string): boolean | undefined {
  const declaration = declarationOf(program, parameter)
  return takes(declaration, textOf(child(declaration, 'Type')) ?? '', value)
}

/** What was found out of a declaration; each world asks the same again, and patterns take long. */
const known = new WeakMap<Node, Known>()
type Known = { readonly taken: Map<string, boolean | undefined>; readonly examples: Map<number, readonly string[]> }

function knownOf(declaration: Node): Known {
  const found = known.get(declaration) ?? { taken: new Map(), examples: new Map() }
  known.set(declaration, found)
  return found
}

function takes(declaration: Node | undefined, type: string, value: string): boolean | undefined {
  if (!declaration) return takesAnew(declaration, type, value)
  const { taken } = knownOf(declaration)
  if (!taken.has(value)) taken.set(value, takesAnew(declaration, type, value))
  return taken.get(value)
}

function examples(declaration: Node | undefined, type: string, count: number): readonly string[] {
  if (!declaration) return examplesAnew(declaration, type, count)
  const { examples: before } = knownOf(declaration)
  const found = before.get(count) ?? examplesAnew(declaration, type, count)
  before.set(count, found)
  return found
}

/** Allowed values, patterns and kinds hold for each item of a list. */
function takesAnew(declaration: Node | undefined, type: string, value: string): boolean | undefined {
  const items = itemsOf(type, value)
  const allowed = child(declaration, 'AllowedValues')
  if (allowed?.kind === 'list') {
    const all = allowed.items.map(textOf)
    if (!items.every((item) => all.includes(item))) return false
  }
  const [shortest, longest] = limits(declaration, 'Length')
  if (!isListType(type) && (value.length < shortest || value.length > longest)) return false
  const pattern = textOf(child(declaration, 'AllowedPattern'))
  return both([
    ...items.map((item) => isOfKind(declaration, type, item)),
    ...(pattern === undefined ? [] : items.map((item) => matches(pattern, item))),
  ])
}

const itemsOf = (type: string, value: string): readonly string[] =>
  isListType(type) ? value.split(',').map((item) => item.trim()) : [value]

const both = (answers: readonly (boolean | undefined)[]): boolean | undefined =>
  answers.includes(false) ? false : answers.includes(undefined) ? undefined : true

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function isOfKind(declaration: Node | undefined, type: string, item: string): boolean | undefined {
  if (/^(?:List<)?Number>?$/.test(type)) {
    const number = Number(item)
    const [least, most] = limits(declaration, 'Value')
    if (item === '' || Number.isNaN(number)) return undefined
    return number >= least && number <= most
  }
  return isStored(type) ? true : isOfResource(type, item) || undefined
}

function limits(declaration: Node | undefined, of: 'Length' | 'Value'): [number, number] {
  const [least, most] = ['Min', 'Max'].map((end) => textOf(child(declaration, `${end}${of}`)))
  return [least === undefined ? -Infinity : Number(least), most === undefined ? Infinity : Number(most)]
}

function examplesAnew(declaration: Node | undefined, type: string, count: number): readonly string[] {
  const numbers = Array.from({ length: count }, (_, index) => index)
  const allowed = child(declaration, 'AllowedValues')
  const first = allowed?.kind === 'list' ? textOf(allowed.items[0]) : undefined
  if (allowed?.kind === 'list')
    return first === undefined
      ? []
      : numbers.map((index) =>
          Array(index + 1)
            .fill(first)
            .join(','),
        )
  const pattern = textOf(child(declaration, 'AllowedPattern'))
  const resources = resourceExamples(type, count)
  if (pattern !== undefined) return [...examplesOf(pattern, count), ...resources]
  if (resources.length > 0) return resources
  if (type.includes('Number')) {
    const [least, most] = limits(declaration, 'Value')
    const from = Number.isFinite(least) ? least : Number.isFinite(most) ? most - count : 0
    return numbers.map((index) => String(from + index))
  }
  const [shortest, longest] = limits(declaration, 'Length')
  const length = Math.min(Math.max(shortest, 8), longest)
  return numbers.map((index) => index.toString(36).padStart(length, 'x').slice(-length))
}

/** The name of a parameter as people know it. */
export function parameterName(parameter: string): string {
  if (parameter.startsWith('AWS::')) return parameter
  const pseudo = parameter.lastIndexOf(':AWS::')
  return parameter.slice((pseudo >= 0 ? pseudo : parameter.lastIndexOf(':')) + 1)
}
