import { parameterNames } from '../../verifier/index.ts'

/** A name that was given a value, and that no template declares. */
export function unknownParameter(
  given: Iterable<string>,
  templates: readonly { readonly path: string; readonly text: string }[],
): string | undefined {
  const wanted = [...given].filter((name) => !name.startsWith('AWS::'))
  if (wanted.length === 0) return undefined
  const names = new Set(templates.flatMap(({ path, text }) => parameterNames(path, text)))
  return wanted.find((name) => !names.has(name))
}
