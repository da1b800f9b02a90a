/** How what is not known is settled: a flag that a shell takes as it is, or a sentence. */
import type { Facet } from '../declarations.ts'
import type { Facts } from '../facts/facts.ts'
import { atomsOf } from '../resolve/atoms.ts'
import type { Program } from '../resolve/program.ts'
import { isOpenAttribute } from '../resolve/references.ts'
import { nameOf, type Origin, type Value } from '../resolve/value.ts'
import { parameterName } from '../worlds/declared.ts'
import type { Unknown } from './findings.ts'
import { shellWord as quoted } from './shell-words.ts'

const examples: Readonly<Record<Facet, string>> = {
  ingress: 'none',
  egress: 'none',
  routes: 'none',
  covers: 'HOST',
  value: 'VALUE',
  carriers: 'NAME',
  targets: 'elsewhere',
  rights: 'none',
  opens: 'none',
}

/** What they say is for the user to know. */
const isAnyValue: ReadonlySet<Facet> = new Set(['covers', 'value'])

export function settlement(facts: Facts, origin: Origin, facet: Facet, accepted: readonly string[]): Unknown {
  const { kind, name } = origin
  const written = (settle: string): Unknown => ({ name, settle })
  if (kind === 'macro')
    return {
      name,
      settle: 'give the processed template: aws cloudformation get-template --template-stage Processed',
    }
  if (kind === 'unreadable') return written(`write in the template, as AWS accepts it: ${name}`)
  if (kind === 'function') return { name, settle: `write the result of ${name} in the template` }
  if (facet === 'value' && !takesValue(facts, origin)) return written(inWords(facts, origin))
  if ((kind === 'parameter' || kind === 'pseudo') && facet === 'value')
    return written(`--parameter ${quoted(`${name}=VALUE`)}`)
  return written(`--assume ${quoted(`${name}.${facet}=${isAnyValue.has(facet) ? examples[facet] : accepted[0]}`)}`)
}

/** Whether a flag says what the value is, or a part of it. */
export const isAskedByFlag = (facts: Facts, value: Value): boolean =>
  atomsOf(value, true).some((atom) => settlement(facts, atom, 'value', []).settle.startsWith('--'))

/** A parameter, by `<stack>:<parameter>`, in a flag that gives it a value. */
export function settleParameter({ stacks }: Program, parameter: string): Unknown {
  const name = parameterName(parameter)
  const set = stacks.find(({ key, set }) => set && parameter === `${key}:${name}`)?.set
  return name.startsWith('AWS::') && set
    ? { name, settle: `list the accounts and Regions in StackInstancesGroup of ${set.resource.id}` }
    : { name, settle: `--parameter ${quoted(`${name}=VALUE`)}` }
}

function inWords(facts: Facts, { kind, name }: Origin): string {
  if (isGiven(facts, name)) return `give ${name} a value that can be used there`
  if (kind === 'literal') return `replace ${name} in the template with a reference`
  if (kind === 'parameter') return `write the value of ${name} in the body of the stack set`
  return `name the resource itself in the template, in place of what ${name} gives`
}

const isGiven = ({ around: { declarations, values } }: Facts, name: string): boolean =>
  declarations.parameters.has(name) || values.has(name)

/** Whether a value that the command line gives is taken for it. */
function takesValue(facts: Facts, { kind, name, root }: Origin): boolean {
  const {
    around: { program },
    resolver,
  } = facts
  if (isGiven(facts, name)) return false
  if (kind === 'parameter' || kind === 'pseudo')
    return !name.includes(' of ') && !program.stacks.some(({ key, set }) => set && key === root)
  if (kind === 'attribute' || kind === 'opaque') {
    const dot = name.indexOf('.')
    return [...program.resources.values()].some(
      (each) => nameOf(each.key) === name.slice(0, dot) && isOpenAttribute(resolver, each, name.slice(dot + 1)),
    )
  }
  return kind === 'dynamic' || kind === 'import'
}

const meant: Readonly<Record<Facet, string>> = {
  ingress: 'admits nothing',
  egress: 'lets nothing out',
  routes: 'leads nowhere',
  covers: 'covers the name',
  value: 'has the value',
  carriers: 'is carried by',
  targets: 'has targets that are registered from elsewhere',
  rights: 'may edit nothing',
  opens: 'opens nothing',
}

export const assumption = (name: string, facet: Facet, said: string): string =>
  `${name} ${meant[facet]}${facet === 'carriers' ? (said === 'none' ? ' nothing' : ` ${said} only`) : ''}, as declared`

export { quoted }
