import { interpolate, PLACEHOLDERS, unknownIn } from '../interpolate.ts'
import { carried, type Item, type Items, malformed } from '../item.ts'
import { isMap, look, type Path, textOf, type Value } from '../value.ts'
import type { Context } from './context.ts'

const entries = (value: Value, convert: (key: string, each: Value) => Items): Items => {
  if (!isMap(value)) return [malformed(value, 'a group of names with values')]
  const [first, ...rest] = value.entries.flatMap(({ key, value: each }): readonly Item[] => convert(key, each))
  return first === undefined ? [malformed(value, 'a group of names with values')] : [first, ...rest]
}

/** `catalog.test.shop.local`, which Copilot's Cloud Map answered, is `catalog` with Service Connect. */
const rewritten = (
  text: string,
  { peers, names }: Context,
): { readonly text: string; readonly called: readonly string[] } => {
  const called: string[] = []
  const found = [...peers].reduce((each, [name, key]) => {
    const suffix = `(?:\\.[a-z0-9-]+\\.${names.application}\\.local)`
    const host = new RegExp(`(^|[/@])${name}(?:${suffix}(?![\\w.-])|(?=:[0-9]))`, 'g')
    return each.replace(host, (_, before: string) => {
      called.push(key)
      return `${before}${key}`
    })
  }, text)
  return { text: found, called: [...new Set(called)] }
}

/** Each environment has a stack, and so a value, of its own. */
const imported = (to: Path, each: Value, { names }: Context): Item => {
  const { text } = interpolate(textOf(look(each, 'from_cfn')) ?? '', names)
  return carried(each, to, unknownIn(names), {
    ask: `the value was an export of the stack that made it: aws cloudformation list-exports --query "Exports[?Name=='${text}'].Value"`,
  })
}

export const variables = (value: Value, context: Context): Items => {
  const { container, path, names } = context
  return entries(value, (key, each) => {
    const to = [...container, 'environment', key]
    if (isMap(each))
      return [look(each, 'from_cfn') === undefined ? malformed(each, 'text or from_cfn') : imported(to, each, context)]
    if (each.kind === 'empty') return [carried(each, to, '')]
    const written = textOf(each)
    if (written === undefined) return [malformed(each, 'text')]
    // Copilot knew no functions here.
    if (each.tag !== undefined)
      return [
        carried(each, to, unknownIn(names), {
          ask: `Copilot took ${each.tag} for text, and the container saw ${written}: write the value that was meant`,
        }),
      ]
    const { text, unknown } = interpolate(written, names)
    const { text: final, called } = rewritten(text, context)
    const item = carried(each, to, final, {
      ...(unknown.length === 0 ? {} : { ask: `${unknown.join(', ')} came from the shell in which copilot ran` }),
      ...(called.length === 0 ? {} : { note: `reaches ${called.join(', ')} through Service Connect` }),
    })
    return [item, ...called.map((service) => carried(each, [...path, 'reaches'], { service }, { append: true }))]
  })
}

const secret = (
  each: Value,
  { names }: Context,
): { readonly value: string; readonly note?: string; readonly unknown: readonly string[] } | undefined => {
  const scalar = textOf(each)
  const managed = textOf(look(each, 'secretsmanager'))
  const written = scalar ?? managed
  if (written === undefined) return undefined
  const { text, unknown } = interpolate(written.replace(/^(['"])(.*)\1$/, '$2'), { ...names, ...PLACEHOLDERS })
  if (text.startsWith('arn:')) return { value: text, unknown }
  if (scalar !== undefined) return { value: text.startsWith('/') ? text : `/${text}`, unknown }
  const [name = '', key = '', stage = '', version = ''] = text.split(':')
  return {
    value: key === '' ? name : `${name}:${key}`,
    unknown,
    ...(stage === '' && version === '' ? {} : { note: 'the current version is read, not the one that was named' }),
  }
}

export const secrets = (value: Value, context: Context): Items =>
  entries(value, (key, each) => {
    const to = [...context.container, 'secrets', key]
    if (look(each, 'from_cfn') !== undefined) return [imported(to, each, context)]
    const found = secret(each, context)
    if (found === undefined) return [malformed(each, 'the name or ARN of a secret')]
    return [
      carried(each, to, found.value, {
        ...(found.unknown.length === 0
          ? {}
          : { ask: `${found.unknown.join(', ')} came from the shell in which copilot ran` }),
        ...(found.note === undefined ? {} : { note: found.note }),
      }),
    ]
  })
