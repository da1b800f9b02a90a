import type { Value } from '../../cfn/value.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { pascalCase } from '../../model/names.ts'
import { filled, paramOf } from '../parameters.ts'

/** A name of the API, with what the logical IDs of its resources end in. */
export type Host = { readonly id: string; readonly name: Value<string> }

/** The one that is a parameter first. */
export const hosts = ({ domainName, published }: Domain): readonly Host[] => [
  { id: '', name: paramOf(domainName) },
  ...published.map((name) => ({ id: pascalCase(name), name: filled(name) })),
]
