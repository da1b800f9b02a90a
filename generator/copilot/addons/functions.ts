/** Functions of CloudFormation in a template that was read as data: in their short form they are tags. */
import { isMap, textOf, type Value } from '../value.ts'

export type Call = { readonly name: string; readonly argument: Value }

const SHORT = /^!([A-Z][A-Za-z0-9]*)$/

/** `!Ref X`, `{ Ref: X }` and `!Sub X` as a name with an argument. */
export const callIn = (value: Value | undefined): Call | undefined => {
  if (value === undefined) return undefined
  const [, short] = SHORT.exec(value.tag ?? '') ?? []
  if (short !== undefined) {
    const { tag: _, ...argument } = value
    return { name: short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`, argument }
  }
  const [entry, ...others] = isMap(value) ? value.entries : []
  return entry !== undefined && others.length === 0 && /^(?:Ref|Condition|Fn::[A-Za-z0-9]+)$/.test(entry.key)
    ? { name: entry.key, argument: entry.value }
    : undefined
}

/** The logical ID that a `Ref` names. */
export const referenced = (value: Value | undefined): string | undefined => {
  const call = callIn(value)
  return call?.name === 'Ref' ? textOf(call.argument) : undefined
}

/** The logical ID that a `Ref` or `Fn::GetAtt` names. */
export const named = (value: Value | undefined): string | undefined => {
  const call = callIn(value)
  if (call?.name !== 'Fn::GetAtt') return referenced(value)
  const { argument } = call
  return (argument.kind === 'list' ? textOf(argument.items[0]) : textOf(argument))?.split('.')[0]
}

/** Text, with what `known` says for the names in it; nothing when only a deployment could tell. */
export const settledText = (
  value: Value | undefined,
  known: (name: string) => string | undefined,
): string | undefined => {
  const call = callIn(value)
  if (call === undefined) return textOf(value)
  const text = textOf(call.argument)
  if (text === undefined) return undefined
  if (call.name === 'Ref') return known(text)
  if (call.name !== 'Fn::Sub') return undefined
  const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim())
  if (names.some((name) => known(name) === undefined)) return undefined
  return text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => known(name.trim()) ?? '')
}
