/** A managed policy of an addon -> rights of the tasks. */
import { carried, type Item } from '../item.ts'
import { isMap, look, textOf, type Value } from '../value.ts'
import type { Context } from '../workload/context.ts'
import { settledText } from './functions.ts'

type Statement = { readonly at: Value; readonly actions: readonly string[]; readonly resources: readonly string[] }

const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : value.kind === 'list' && value.tag === undefined ? value.items : [value]

const KEYS: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource'])

/** Only what `permissions` can say as it stands: no conditions, and no names that a deployment makes. */
const statementOf = (at: Value, known: (name: string) => string | undefined): Statement | undefined => {
  const isPlain = isMap(at) && at.entries.every(({ key }) => KEYS.has(key)) && textOf(look(at, 'Effect')) === 'Allow'
  const actions = listOf(look(at, 'Action')).map((each) => settledText(each, known))
  const resources = listOf(look(at, 'Resource')).map((each) => settledText(each, known))
  const written = [...actions, ...resources]
  const isText = (each: string | undefined): each is string => each !== undefined
  return isPlain && actions.length > 0 && resources.length > 0 && written.every(isText)
    ? { at, actions: actions.filter(isText), resources: resources.filter(isText) }
    : undefined
}

export const policy = (
  output: Value,
  resource: Value | undefined,
  id: string,
  { path, name }: Context,
  known: (name: string) => string | undefined,
): readonly Item[] => {
  const written = listOf(look(resource, 'Properties', 'PolicyDocument', 'Statement'))
  const statements = written.flatMap((each) => statementOf(each, known) ?? [])
  if (written.length > 0 && statements.length === written.length)
    return statements.map(({ at, actions, resources }) =>
      carried(at, [...path, 'permissions'], { actions, resources }, { append: true }),
    )
  return [
    carried(output, [...path, 'policies'], `arn:aws:iam::{account}:policy/replace-me-${id}`, {
      append: true,
      ask: `the policy ${id} is in the stack of the addons of ${name}, under a name of CloudFormation: write its rights into permissions, or the ARN of a policy that has them; {environment} may stand in it`,
    }),
  ]
}
