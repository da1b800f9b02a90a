/** Declarations about what the templates determine, or about nothing that they have, are wrong usage. */
import type { Declarations } from '../declarations.ts'
import { child, type Node, textOf } from '../read/node.ts'
import { isStored } from '../resolve/references.ts'
import { anyWorld } from '../resolve/world.ts'
import { mayHave } from '../worlds/declared.ts'
import type { Session } from './session.ts'
import { quoted } from './settle.ts'

export class WrongDeclaration extends Error {}

const placeholders: readonly string[] = ['VALUE', 'HOST', 'NAME']

/** Throws WrongDeclaration. `asked`: the names and facets that some claim came to ask for. */
export function checkDeclarations(
  session: Session,
  { allow, assume, parameters }: Declarations,
  asked: ReadonlySet<string>,
): void {
  const { program, around } = session
  checkParameters(session, parameters)
  for (const { door, name } of allow) {
    const words = door === 'caller' ? (name ?? '').split('/') : [name]
    const missing = words.find(
      (word) => word !== undefined && word !== '' && door !== 'egress' && !hasResource(program, word),
    )
    if (missing !== undefined)
      throw new WrongDeclaration(
        `--allow ${quoted(`${door}:${name}`)}: no resource of the templates is called ${missing}`,
      )
  }
  for (const { name, facet, value } of assume) {
    const flag = `--assume ${quoted(`${name}.${facet}=${value}`)}`
    if (placeholders.includes(value) && facet !== 'carriers')
      throw new WrongDeclaration(`${flag}: replace ${value} with a value`)
    if (facet === 'value' && around.determined.has(name))
      throw new WrongDeclaration(
        `${flag}: the templates determine ${name}; a declaration is about what they leave open`,
      )
    if (facet === 'value') checkParameter(program, name, value, flag)
    const isAsked =
      facet === 'value' ? !program.resources.has(name) && !hasResource(program, name) : asked.has(`${name}.${facet}`)
    if (isAsked) continue
    const resource = [...program.resources.values()].find(({ id, key }) => id === name || key === name)
    if (resource)
      throw new WrongDeclaration(
        `${flag}: the templates determine this for ${name}; a declaration is about what they leave open`,
      )
    if (!resource && !isMentioned(program, name))
      throw new WrongDeclaration(`${flag}: nothing in the templates is called ${name}`)
  }
}

/** Throws WrongDeclaration for values with which nothing can be deployed. */
export function checkParameters(session: Session, parameters: Declarations['parameters']): void {
  const refused = session.feasibility(session.start)
  if (refused.is === 'no' && session.feasibility(anyWorld).is !== 'no')
    throw new WrongDeclaration(
      `${[...parameters].map(([name, value]) => `--parameter ${quoted(`${name}=${value}`)}`).join(' ')}: the template refuses this in ${refused.rules.map(({ name }) => name).join(', ')} of its Rules`,
    )
  for (const [name, value] of parameters) {
    if (value === 'VALUE') throw new WrongDeclaration(`--parameter ${name}=VALUE: replace VALUE with a value`)
    checkParameter(session.program, name, value, `--parameter ${quoted(`${name}=${value}`)}`)
  }
}

/** What is said of an SSM parameter's value is not the parameter's own, which is a name. */
function checkParameter(program: Session['program'], name: string, value: string, flag: string): void {
  for (const { key, source, parent } of program.stacks) {
    const declaration = parent ? undefined : child(child(source.root, 'Parameters'), name)
    if (!declaration || (flag.startsWith('--assume') && isStored(textOf(child(declaration, 'Type')) ?? ''))) continue
    if (mayHave(program, `${key}:${name}`, value) === false)
      throw new WrongDeclaration(`${flag}: ${source.path} does not allow this value for ${name}`)
  }
}

const hasResource = ({ resources }: Session['program'], name: string): boolean =>
  [...resources.values()].some(({ id, key }) => id === name || key === name || key.endsWith(`/${name}`))

function isMentioned({ stacks }: Session['program'], name: string): boolean {
  const word = name.replace(/^.*\$\{|\}.*$/g, '')
  const found = (node: Node): boolean => {
    if (node.kind === 'scalar') return node.text === name || node.text.includes(word)
    if (node.kind === 'list') return node.items.some(found)
    return [...node.entries].some(([key, { node: item }]) => key === name || found(item))
  }
  return stacks.some(({ source }) => child(child(source.root, 'Parameters'), name) !== undefined || found(source.root))
}

/** Declarations that no claim asked for. */
export function unused({ assume, allow, openRoutes }: Declarations, asked: ReadonlySet<string>): string[] {
  return [
    ...openRoutes
      .map(({ api, key }) => (api === undefined ? key : `${api}:${key}`))
      .filter((each) => !asked.has(`open-route ${each}`))
      .map((each) => `--open-route ${quoted(each)}`),
    ...allow
      .map(({ door, name }) => (name === undefined ? door : `${door}:${name}`))
      .filter((each) => !asked.has(`allow ${each}`))
      .map((each) => `--allow ${quoted(each)}`),
    ...assume
      .filter(({ name, facet }) => facet !== 'value' && !asked.has(`${name}.${facet}`))
      .map(({ name, facet, value }) => `--assume ${quoted(`${name}.${facet}=${value}`)}`),
  ]
}
