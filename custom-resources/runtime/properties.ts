import { Failure } from './errors.ts'

/** Reads one property; `name` is its path, for the error. */
export type Parser<T> = (value: unknown, name: string) => T

//! ---- Properties: CloudFormation sends every scalar as text; an unknown name is refused ----

const refuse = (name: string, problem: string): never => {
  throw new Failure('config', `property ${name} ${problem}`)
}

const absent = (value: unknown): boolean => value === undefined || value === null || value === ''

export const text =
  (pattern: RegExp, fallback?: string): Parser<string> =>
  (value, name) => {
    if (absent(value)) return fallback ?? refuse(name, 'is required')
    if (typeof value !== 'string' || !pattern.test(value)) return refuse(name, `must match ${pattern.source}`)
    return value
  }

export const count =
  (least: number, most: number, fallback?: number): Parser<number> =>
  (value, name) => {
    if (absent(value)) return fallback ?? refuse(name, 'is required')
    const number = /^\d+$/.test(String(value)) ? Number(value) : Number.NaN
    return number >= least && number <= most ? number : refuse(name, `must be a whole number from ${least} to ${most}`)
  }

export const list =
  <T>(item: Parser<T>): Parser<T[]> =>
  (value, name) => {
    if (absent(value)) return []
    if (!Array.isArray(value)) return refuse(name, 'must be a list')
    return value.filter((one) => !absent(one)).map((one, index) => item(one, `${name}[${index}]`))
  }

type Shape = Record<string, Parser<unknown>>
type Parsed<S extends Shape> = { [Name in keyof S]: ReturnType<S[Name]> }

export const object =
  <S extends Shape>(shape: S): Parser<Parsed<S>> =>
  (value, name) => {
    if (!value || typeof value !== 'object') return refuse(name, 'must have properties of its own')
    const prefix = name && `${name}.`
    for (const key of Object.keys(value))
      if (!Object.hasOwn(shape, key)) refuse(prefix + key, `is unknown; known are ${Object.keys(shape).join(', ')}`)
    const read = (key: string) => shape[key]?.((value as Record<string, unknown>)[key], prefix + key)
    return Object.fromEntries(Object.keys(shape).map((key) => [key, read(key)])) as Parsed<S>
  }

/** The properties of a resource, without the two that belong to CloudFormation. */
export const parse = <S extends Shape>(properties: Record<string, unknown>, shape: S): Parsed<S> => {
  const { ServiceToken: _, ServiceTimeout: __, ...own } = properties
  return object(shape)(own, '')
}
