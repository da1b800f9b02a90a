/** Values that are looked up by a parameter: they stay one of several literals until an answer differs among these. */
import { type Cases, joined, text, type Value } from './value.ts'
import { oneOf, Undecided, type World } from './world.ts'

/** What a parameter makes of the values together; undefined where nothing in them is looked up. */
export function casesOf(...values: readonly Value[]): Cases<readonly Value[]> | undefined {
  const found = values.flatMap(casesIn)
  const parameter = found[0]?.parameter
  if (parameter === undefined) return undefined
  const points = found.filter((each) => each.parameter === parameter).flatMap((each) => each.points)
  return { parameter, points: [...new Set(points)], at: (point) => inCase(values, parameter, point) }
}

function casesIn(value: Value): readonly Cases[] {
  if (value.kind === 'any') return value.cases ? [value.cases] : []
  if (value.kind === 'joined') return value.parts.flatMap(casesIn)
  return value.kind === 'list' ? value.items.flatMap(casesIn) : []
}

function inCase(values: readonly Value[], parameter: string, point: string | undefined): readonly Value[] | undefined {
  const chosen = values.map((value): Value | undefined => {
    if (value.kind === 'outside') return point !== undefined && value.key === parameter ? text(point) : value
    if (value.kind === 'any') return value.cases?.parameter === parameter ? value.cases.at(point) : value
    if (value.kind !== 'joined' && value.kind !== 'list') return value
    const inner = inCase(value.kind === 'joined' ? value.parts : value.items, parameter, point)
    return inner && (value.kind === 'joined' ? joined(inner) : { ...value, items: inner })
  })
  return chosen.every((value) => value !== undefined) ? chosen : undefined
}

/**
 * What is said of them, where it is the same in every case that is left. Throws Undecided otherwise, and where it is not
 * known yet which cases are possible.
 */
export function agreed<T, A>({ choices }: World, { parameter, points, at }: Cases<T>, ask: (found: T) => A): A {
  const said = (point: string | undefined): { readonly answer: A } | undefined => {
    const found = at(point)
    return found === undefined ? undefined : { answer: ask(found) }
  }
  const answers = new Map(points.map((point) => [point, said(point)]))
  const [first] = answers.values()
  if (first && oneOf(choices.get(parameter)) && [...answers.values()].every((each) => each?.answer === first.answer))
    return first.answer
  const other = said(undefined)
  throw new Undecided({
    parameter,
    values: points,
    said: (point) => (answers.has(point) ? answers.get(point) : other)?.answer,
  })
}
