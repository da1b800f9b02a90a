/** The Rules section: which combinations of parameters CloudFormation refuses. */
import { child, type Node, textOf } from '../read/node.ts'
import type { Program, Stack } from '../resolve/program.ts'
import type { Resolver } from '../resolve/resolver.ts'
import type { World } from '../resolve/world.ts'
import { explore, TooManyWorlds } from './explore.ts'

/** False only when every completion of the world breaks an assertion that names one of its parameters. */
export function isFeasible(program: Program, world: World, resolverIn: (world: World) => Resolver): boolean {
  const concerned = program.stacks
    .filter(({ parent }) => !parent)
    .flatMap((stack) =>
      rulesOf(stack)
        .filter((rule) => names(rule, stack, world))
        .map((rule) => ({ stack, rule })),
    )
  if (concerned.length === 0) return true
  try {
    const { answers } = explore(
      program,
      world,
      (completed) => {
        const { test } = resolverIn(completed)
        return concerned.every(({ stack, rule }) => {
          const condition = child(rule, 'RuleCondition')
          if (condition && !test(condition, stack)) return true
          return assertionsOf(rule).every((assertion) => test(assertion, stack))
        })
      },
      () => undefined,
      (isAllowed) => isAllowed,
    )
    return answers.some(({ answer }) => answer)
  } catch (error) {
    if (error instanceof TooManyWorlds) return true
    throw error
  }
}

function rulesOf({ source }: Stack): Node[] {
  const rules = child(source.root, 'Rules')
  return rules?.kind === 'map' ? [...rules.entries.values()].map(({ node }) => node) : []
}

function assertionsOf(rule: Node): Node[] {
  const assertions = child(rule, 'Assertions')
  if (assertions?.kind !== 'list') return []
  return assertions.items.flatMap((each) => child(each, 'Assert') ?? [])
}

function names(node: Node, stack: Stack, world: World): boolean {
  if (node.kind === 'scalar') return false
  if (node.kind === 'list') return node.items.some((item) => names(item, stack, world))
  return [...node.entries].some(([key, { node: item }]) =>
    key === 'Ref' ? world.choices.has(`${stack.key}:${textOf(item)}`) : names(item, stack, world),
  )
}
