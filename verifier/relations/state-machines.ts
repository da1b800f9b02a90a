/**
 * State machines that only start tasks, always the same ones. Whatever somebody gives to such a machine when it is
 * started, its definition says which tasks run, and where: no state takes anything from its input.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, none, textOf, type Value } from '../resolve/value.ts'
import { readJsonText } from './json-text.ts'

export const stateMachineType = 'AWS::StepFunctions::StateMachine'

/** Tasks as a state starts them. */
export type StartedTasks = { readonly network: Value; readonly definition: Value; readonly exec: Value }

const machines = (): Map<Resource, readonly StartedTasks[] | undefined> => new Map()

/** What a state machine starts; undefined when it is no state machine, or may do something else too. */
export function startedBy(facts: Facts, machine: Resource): readonly StartedTasks[] | undefined {
  if (machine.type !== stateMachineType) return undefined
  const all = facts.once(machines)
  if (!all.has(machine)) all.set(machine, read(facts, machine))
  return all.get(machine)
}

/** Whether a schedule names a state machine in order to start it, and does nothing else with it. */
export const isStartOf = (facts: Facts, schedule: Resource, path: string): boolean =>
  schedule.type === 'AWS::Scheduler::Schedule' &&
  path === 'Target.Arn' &&
  resourceOf(facts, facts.get(schedule, path), stateMachineType) !== undefined

function read(facts: Facts, machine: Resource): readonly StartedTasks[] | undefined {
  if (facts.resolver.properties(machine).kind !== 'map') return undefined
  if (!isAbsent(facts.get(machine, 'DefinitionS3Location')) || !isAbsent(facts.get(machine, 'DefinitionSubstitutions')))
    return undefined
  const written = facts.get(machine, 'DefinitionString')
  const given = facts.get(machine, 'Definition')
  if (!isAbsent(written) && !isAbsent(given)) return undefined
  const definition = isAbsent(written) ? given : readJsonText(facts, written)
  return definition && inMachine(definition)
}

/** Only these keys, or undefined. */
function known(value: Value | undefined, ...names: readonly string[]): ReadonlyMap<string, Value> | undefined {
  if (value?.kind !== 'map') return undefined
  return [...value.entries.keys()].every((name) => names.includes(name)) ? value.entries : undefined
}

function inMachine(definition: Value): readonly StartedTasks[] | undefined {
  const machine = known(definition, 'Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version')
  const states = machine?.get('States')
  if (states?.kind !== 'map') return undefined
  const found = [...states.entries.values()].map(inState)
  const all = found.flatMap((each) => each ?? [])
  return found.includes(undefined) ? undefined : all
}

/** States that call nothing: they wait, choose, or hand on what nobody takes. */
const idle = new Set(['Succeed', 'Fail', 'Pass', 'Wait', 'Choice'])

function inState(state: Value): readonly StartedTasks[] | undefined {
  const type = textOf(entry(state, 'Type'))
  if (state.kind === 'map' && type !== undefined && idle.has(type)) return []
  if (type === 'Parallel') return inBranches(entry(state, 'Branches'))
  const task = known(
    state,
    'Type',
    'Comment',
    'Resource',
    'Parameters',
    'Retry',
    'Catch',
    'Next',
    'End',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'InputPath',
    'OutputPath',
    'ResultPath',
    'ResultSelector',
  )
  if (type !== 'Task' || !task || !startsTasks(task.get('Resource') ?? none)) return undefined
  // Without `Overrides`, which give a task another role or command, and without a name that ends in `.$`, which takes
  // its value from the input.
  const parameters = known(
    task.get('Parameters'),
    'Cluster',
    'TaskDefinition',
    'LaunchType',
    'CapacityProviderStrategy',
    'Count',
    'EnableECSManagedTags',
    'EnableExecuteCommand',
    'Group',
    'NetworkConfiguration',
    'PlatformVersion',
    'PropagateTags',
    'StartedBy',
  )
  const network = known(parameters?.get('NetworkConfiguration'), 'AwsvpcConfiguration')?.get('AwsvpcConfiguration')
  const named = known(network, 'AssignPublicIp', 'SecurityGroups', 'Subnets')
  if (!parameters || !network || !named || [...named.values()].some(({ kind }) => kind === 'map')) return undefined
  return [
    {
      network,
      definition: parameters.get('TaskDefinition') ?? none,
      exec: parameters.get('EnableExecuteCommand') ?? none,
    },
  ]
}

/** What all of them start; each is a machine of its own. */
function inBranches(branches: Value | undefined): readonly StartedTasks[] | undefined {
  if (branches?.kind !== 'list' || branches.isLoose) return undefined
  const found = branches.items.map(inMachine)
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? [])
}

/** `arn:aws:states:::ecs:runTask.sync`, in any partition. */
function startsTasks(resource: Value): boolean {
  const parts = resource.kind === 'joined' ? resource.parts : [resource]
  if (parts.some((part) => part.kind !== 'text' && !(part.kind === 'outside' && part.origin.kind === 'pseudo')))
    return false
  return /^arn:[^:]+:states:::ecs:runTask(?:\.sync)?$/.test(parts.map((part) => textOf(part) ?? 'aws').join(''))
}
