/** What a value refers to: logical IDs or parameters (`attribute` is set for Fn::GetAtt), conditions, mappings. */
export type Reference =
  | { readonly kind: 'ref'; readonly target: string; readonly attribute?: string }
  | { readonly kind: 'condition'; readonly target: string }
  | { readonly kind: 'mapping'; readonly target: string }

const placeholder = /\$\{([^!}][^}]*)\}/g

/** Every reference in a value, in written order. `${!Literal}` in Fn::Sub is not one. */
export function references(value: unknown): Reference[] {
  const found: Reference[] = []
  visit(value, (reference) => found.push(reference))
  return found
}

/** The value with each reference to a logical ID, parameter or attribute replaced where `replace` gives something else. */
export function replaceReferences(value: unknown, replace: (target: string, attribute?: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replace))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [only] = entries
  if (only && entries.length === 1) {
    const [key, argument] = only
    if (key === 'Ref') return replace(argument as string) ?? value
    if (key === 'Fn::GetAtt') {
      const [target, attribute] = argument as [string, string]
      return replace(target, attribute) ?? value
    }
    if (key === 'Fn::Sub') return replaceInSub(argument, replace)
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, replaceReferences(item, replace)]))
}

function replaceInSub(argument: unknown, replace: (target: string, attribute?: string) => unknown): unknown {
  const [text, given] = Array.isArray(argument)
    ? (argument as [string, Record<string, unknown>])
    : [argument as string, {}]
  const variables: Record<string, unknown> = Object.fromEntries(
    Object.entries(given).map(([name, item]) => [name, replaceReferences(item, replace)]),
  )
  const replaced = text.replace(placeholder, (whole, name: string) => {
    if (name in given) return whole
    const [target = '', attribute] = splitAttribute(name)
    const substitute = replace(target, attribute)
    if (substitute === undefined) return whole
    if (typeof substitute === 'object' && substitute !== null && 'Ref' in substitute)
      return `\${${String(substitute.Ref)}}`
    if (typeof substitute === 'object' && substitute !== null && 'Fn::GetAtt' in substitute)
      return `\${${(substitute['Fn::GetAtt'] as string[]).join('.')}}`
    const variable = name.replace(/\W/g, '')
    variables[variable] = substitute
    return `\${${variable}}`
  })
  return { 'Fn::Sub': Object.keys(variables).length > 0 ? [replaced, variables] : replaced }
}

function visit(value: unknown, report: (reference: Reference) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, report)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const entries = Object.entries(value)
  for (const [key, argument] of entries) {
    if (key === 'Ref' && entries.length === 1) report({ kind: 'ref', target: argument as string })
    else if (key === 'Fn::GetAtt' && Array.isArray(argument))
      report({ kind: 'ref', target: argument[0] as string, attribute: argument[1] as string })
    else if (key === 'Fn::Sub') visitSub(argument, report)
    else {
      if (key === 'Fn::If' && Array.isArray(argument)) report({ kind: 'condition', target: argument[0] as string })
      // Beside other keys, it is a property, such as the state in which one container waits for another.
      if (key === 'Condition' && entries.length === 1 && typeof argument === 'string')
        report({ kind: 'condition', target: argument })
      if (key === 'Fn::FindInMap' && Array.isArray(argument)) report({ kind: 'mapping', target: argument[0] as string })
      visit(argument, report)
    }
  }
}

function visitSub(argument: unknown, report: (reference: Reference) => void): void {
  const [text, variables] = Array.isArray(argument)
    ? (argument as [string, Record<string, unknown>])
    : [argument as string, {}]
  for (const [, name = ''] of text.matchAll(placeholder)) {
    if (name in variables) continue
    const [target = '', attribute] = splitAttribute(name)
    report(attribute === undefined ? { kind: 'ref', target } : { kind: 'ref', target, attribute })
  }
  visit(variables, report)
}

function splitAttribute(name: string): [string, string | undefined] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)]
}
