/**
 * What a template names but does not have: a reference to nothing, a condition or a mapping that is not there, a function
 * that CloudFormation does not know. It refuses the template before it makes anything.
 */
import { child, type Mapping, type Node, textOf } from '../read/node.ts'
import { first, type Refusal, refusal } from '../sam/refusal.ts'
import { call } from './calls.ts'
import { pseudoParameters } from './pseudo-parameters.ts'

const languageExtensions = 'AWS::LanguageExtensions'
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const functions: ReadonlySet<string> = new Set(
  `And Base64 Cidr Contains EachMemberEquals EachMemberIn Equals FindInMap GetAtt GetAZs GetStackOutput If ImportValue
  Join Not Or RefAll Select Split Sub Transform ValueOf ValueOfAll`
    .split(/\s+/)
    .map((name) => `Fn::${name}`),
)
const extended: ReadonlySet<string> = new Set(['Fn::Length', 'Fn::ToJsonString'])

type Names = { readonly has: (name: string) => boolean }
type Known = {
  /** What `Ref` and `Fn::Sub` may name, and what `Fn::GetAtt` may. */
  readonly values: Names
  readonly resources: Names
  readonly conditions: Names
  readonly mappings: Node | undefined
  readonly isExtended: boolean
}

/** The first that is found. `hasLoops`: whether loops were written out in `root`, or could not be. */
export function dangling(root: Mapping, hasLoops: boolean): Refusal | undefined {
  const transforms = transformsOf(root)
  if (!transforms.every((name) => name === languageExtensions)) return undefined
  const isExtended = transforms.length > 0
  if (hasLoops && !isExtended) return refusal(root, `Fn::ForEach needs the transform ${languageExtensions}`)
  const parameters = namesIn(child(root, 'Parameters'))
  const resources = namesIn(child(root, 'Resources'))
  const values = { has: (name: string) => parameters.has(name) || resources.has(name) }
  const conditions = namesIn(child(root, 'Conditions'))
  // The resources of a module have names that only the registry knows.
  const hasModules = entriesOf(child(root, 'Resources')).some(([, each]) =>
    textOf(child(each, 'Type'))?.endsWith('::MODULE'),
  )
  const known = { values, resources, conditions, mappings: child(root, 'Mappings'), isExtended }
  return (
    first(hasModules ? [] : entriesOf(child(root, 'Resources')), ([id, each]) => inResource(id, each, known)) ??
    first(entriesOf(child(root, 'Conditions')), ([, each]) => inNode(each, { ...known, values: parameters })) ??
    first(
      hasModules ? [] : entriesOf(child(root, 'Outputs')),
      ([, each]) =>
        conditionOf(each, known) ?? inNode(child(each, 'Value'), known) ?? inNode(child(each, 'Export'), known),
    )
  )
}

const inResource = (id: string, resource: Node, known: Known): Refusal | undefined =>
  conditionOf(resource, known) ??
  first(listOf(child(resource, 'DependsOn')), (each) => {
    const name = textOf(each)
    return name === undefined || known.resources.has(name)
      ? undefined
      : refusal(each, `${id} depends on ${name}, which is no resource of the template`)
  }) ??
  inNode(child(resource, 'Properties'), known)

const conditionOf = (owner: Node, known: Known): Refusal | undefined => {
  const condition = child(owner, 'Condition')
  return condition && named(condition, known.conditions, 'condition')
}

/** What only a function says may be anything. */
function named(node: Node, names: Names, what: string): Refusal | undefined {
  const name = textOf(node)
  if (name === undefined || isOpen(name) || names.has(name)) return undefined
  return refusal(node, `there is no ${what} ${name} in the template`)
}

/** With placeholders of loops that are written out elsewhere, or stored elsewhere. */
const isOpen = (name: string): boolean => /[$&]\{|\{\{resolve:/.test(name)

function inNode(node: Node | undefined, known: Known): Refusal | undefined {
  if (!node || node.kind === 'scalar') return undefined
  if (node.kind === 'list') return first(node.items, (item) => inNode(item, known))
  const [name, argument] = call(node) ?? []
  if (name !== undefined && argument) return inCall(name, argument, known)
  return first([...node.entries.values()], (entry) => inNode(entry.node, known))
}

function inCall(name: string, argument: Node, known: Known): Refusal | undefined {
  if (name.startsWith('Fn::') && !functions.has(name) && !(extended.has(name) && known.isExtended))
    return refusal(
      argument,
      extended.has(name) ? `${name} needs the transform ${languageExtensions}` : `there is no function ${name}`,
    )
  const parts = listOf(argument)
  const [head, ...rest] = parts
  switch (name) {
    case 'Ref':
      return textOf(argument) === undefined ? inNode(argument, known) : reference(argument, known.values)
    case 'Fn::GetAtt':
      return head && (textOf(head) === undefined ? inNode(head, known) : attribute(head, known))
    case 'Fn::Sub':
      return (head && inText(head, rest[0], known)) ?? inNode(rest[0], known)
    case 'Fn::If':
      return (head && named(head, known.conditions, 'condition')) ?? first(rest, (each) => inNode(each, known))
    case 'Fn::FindInMap':
      return lookedUp(parts, known) ?? first(parts, (each) => inNode(each, known))
    default:
      return inNode(argument, known)
  }
}

const reference = (node: Node, names: Names): Refusal | undefined =>
  named(
    node,
    { has: (name) => name === 'AWS::NoValue' || pseudoParameters.has(name) || names.has(name) },
    'parameter or resource',
  )

/** `[Id, Attribute]`, or both in one text. */
function attribute(node: Node, { resources }: Known): Refusal | undefined {
  const name = (textOf(node) as string).split('.')[0] as string
  return named({ kind: 'scalar', type: 'string', text: name, at: node.at }, resources, 'resource')
}

function inText(node: Node, variables: Node | undefined, known: Known): Refusal | undefined {
  const own = new Set(entriesOf(variables).map(([name]) => name))
  return first([...(textOf(node) ?? '').matchAll(/\$\{([^}]*)\}/g)], ([, inner = '']) => {
    const name = inner.trim()
    if (name.startsWith('!') || own.has(name) || (variables && variables.kind !== 'map')) return undefined
    const written: Node = { kind: 'scalar', type: 'string', text: name, at: node.at }
    return name.includes('.') ? attribute(written, known) : reference(written, known.values)
  })
}

/** What is not there may have a default. */
function lookedUp([mapping, key, column, ...more]: readonly Node[], { mappings }: Known): Refusal | undefined {
  const name = textOf(mapping)
  if (!mapping || name === undefined || isOpen(name) || more.length > 0) return undefined
  const rows = child(mappings, name)
  if (!rows && isWhole(mappings)) return refusal(mapping, `there is no mapping ${name} in the template`)
  const [row, cell] = [textOf(key), textOf(column)]
  if (row === undefined || cell === undefined || isOpen(row) || isOpen(cell)) return undefined
  const cells = child(rows, row)
  if (!isWhole(rows) || (cells && !isWhole(cells)) || child(cells, cell)) return undefined
  return refusal(mapping, `the mapping ${name} has no ${cell} of ${row}`)
}

const listOf = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : node ? [node] : [])

const entriesOf = (node: Node | undefined): readonly (readonly [string, Node])[] =>
  node?.kind === 'map' ? [...node.entries].map(([name, entry]) => [name, entry.node] as const) : []

/** Whether nothing else may stand in a section than what it shows. */
const isWhole = (node: Node | undefined): boolean =>
  !node ||
  (node.kind === 'map' && node.open === undefined && ![...node.entries.keys()].some((name) => name.startsWith('Fn::')))

/** What may be more than it shows has every name. */
const namesIn = (node: Node | undefined): Names =>
  isWhole(node) ? new Set(entriesOf(node).map(([name]) => name)) : { has: () => true }

function transformsOf(root: Mapping): readonly (string | undefined)[] {
  const names = listOf(child(root, 'Transform')).map(textOf)
  return root.entries.has('Fn::Transform') ? [...names, undefined] : names
}
