/** Which values a parameter may have, by its declaration. */
import { child, type Node, textOf } from '../read/node.ts'
import { declarationOf, type Program } from '../resolve/program.ts'
import { isListType, isStored } from '../resolve/references.ts'
import type { World } from '../resolve/world.ts'
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
    const takesPseudo = (value: string): boolean | undefined =>
      pseudoTakes(name, value, (other) => world.choices.get(`${scope}${other}`))
    return {
      default: undefined,
      allowedValues: undefined,
      isList: false,
      takes: takesPseudo,
      isSure: (value) => takesPseudo(value) === true,
      examples: (count) => pseudoExamples(name, count),
    }
  }
  const declaration = declarationOf(program, parameter)
  const allowed = child(declaration, 'AllowedValues')
  const type = textOf(child(declaration, 'Type')) ?? ''
  const fallback = textOf(child(declaration, 'Default'))
  const allowedValues = allowed?.kind === 'list' ? allowed.items.map((item) => textOf(item) ?? '') : undefined
  const isList = isListType(type)
  return {
    default: fallback,
    allowedValues,
    isList,
    takes: (value) => takes(declaration, type, value),
    isSure: (value) =>
      value === fallback ||
      (allowedValues && !isList ? allowedValues.includes(value) : takes(declaration, type, value) === true),
    examples: (count) => examples(declaration, type, count),
  }
}

/** Whether a parameter of a top-level stack takes the value; undefined where that is not sure. */
export function mayHave(program: Program, parameter: string, value: string): boolean | undefined {
  const declaration = declarationOf(program, parameter)
  return takes(declaration, textOf(child(declaration, 'Type')) ?? '', value)
}

/** Allowed values, patterns and kinds hold for each item of a list. */
function takes(declaration: Node | undefined, type: string, value: string): boolean | undefined {
  const items = isListType(type) ? value.split(',').map((item) => item.trim()) : [value]
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
  // A resource of the account: one with such a name may or may not be there, but a name is never empty.
  if (type.includes('AWS::') && !isStored(type)) return item === '' ? undefined : true
  return true
}

function limits(declaration: Node | undefined, of: 'Length' | 'Value'): [number, number] {
  const [least, most] = ['Min', 'Max'].map((end) => textOf(child(declaration, `${end}${of}`)))
  return [least === undefined ? -Infinity : Number(least), most === undefined ? Infinity : Number(most)]
}

function examples(declaration: Node | undefined, type: string, count: number): readonly string[] {
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
  if (pattern !== undefined) return examplesOf(pattern, count)
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
