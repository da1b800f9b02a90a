/**
 * State machines that only start tasks, always the same ones. Whatever somebody gives to such a machine when it is
 * started, its definition says which tasks run, and where: no state takes anything from its input.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import { readJson } from '../read/json.ts'
import { child, type Node, textOf as scalarText } from '../read/node.ts'
import { declarationOf, type Resource } from '../resolve/program.ts'
import { kindOfAttribute } from '../resolve/taint.ts'
import { entry, isAbsent, joined, list, none, type Origin, text, textOf, type Value } from '../resolve/value.ts'

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
  const definition = isAbsent(written) ? given : parsed(facts, written)
  return definition && inMachine(definition)
}

/** Not in any text that a template may hold. */
const [opening, closing] = ['\uE000', '\uE001']

/** JSON in which some texts are not known. None of them may hold what ends a text, or else they could be anything. */
function parsed(facts: Facts, written: Value): Value | undefined {
  const parts = written.kind === 'joined' ? written.parts : [written]
  if (parts.some((part) => textOf(part)?.match(/[\uE000\uE001]/) || (part.kind !== 'text' && !isPlain(facts, part))))
    return undefined
  const whole = parts.map((part, index) => textOf(part) ?? `${opening}${index}${closing}`).join('')
  try {
    return asValue(readJson(whole), parts)
  } catch {
    return undefined
  }
}

function asValue(node: Node, parts: readonly Value[]): Value {
  switch (node.kind) {
    case 'scalar':
      return node.type === 'string' ? filledIn(node.text, parts) : node.type === 'null' ? none : text(node.text)
    case 'list':
      return list(node.items.map((item) => asValue(item, parts)))
    case 'map':
      // A name that is not known is none of those that are understood.
      return {
        kind: 'map',
        entries: new Map([...node.entries].map(([name, { node: item }]) => [name, asValue(item, parts)])),
      }
  }
}

const filledIn = (written: string, parts: readonly Value[]): Value =>
  joined(
    written
      .split(/(\uE000\d+\uE001)/)
      .map((each) => (each.startsWith(opening) ? (parts[Number(each.slice(1, -1))] ?? none) : text(each))),
  )

/** Names and ARNs that AWS gives, and parameters that take only such, hold neither quotes nor backslashes. */
function isPlain(facts: Facts, value: Value): boolean {
  if (value.kind === 'ref') return isNamedByAws(facts, value)
  if (value.kind === 'text') return !/["\\\p{Cc}]/u.test(value.text)
  if (value.kind === 'joined') return value.parts.every((part) => isPlain(facts, part))
  if (value.kind !== 'outside') return false
  return value.origin.kind === 'pseudo' || (value.origin.kind === 'parameter' && takesOnlyNames(facts, value.origin))
}

/** A name that the template writes is in its id and ARN, so it must be plain too. */
function isNamedByAws(facts: Facts, { resource: key, attribute }: Value & { kind: 'ref' }): boolean {
  const resource = facts.around.program.resources.get(key)
  const kind = resource && kindOfAttribute(facts.resolver, resource, attribute)
  if (kind?.kind !== 'identity') return kind?.kind === 'data' || kind?.kind === 'default-group'
  return (kind.names ?? []).every((name) => {
    const value = facts.get(resource as Resource, name)
    return isAbsent(value) || isPlain(facts, value)
  })
}

/** Letters, digits and a few signs in classes that are counted or repeated, from the first character to the last. */
const ofNames = /^\^(?:\[(?:0-9|A-Z|a-z|[\w:/](?!-[^\]]))+-?\](?:\{\d+(?:,\d*)?\}|[+*])?|[\w:/-])+\$$/

function takesOnlyNames({ around: { program } }: Facts, { parameter }: Origin): boolean {
  if (parameter === undefined) return false
  const declaration = declarationOf(program, parameter)
  const type = scalarText(child(declaration, 'Type')) ?? ''
  return /^AWS::EC2::[A-Za-z:]+::Id$/.test(type) || ofNames.test(scalarText(child(declaration, 'AllowedPattern')) ?? '')
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

/** `arn:aws:states:::ecs:runTask.sync`, in any partition. */
function startsTasks(resource: Value): boolean {
  const parts = resource.kind === 'joined' ? resource.parts : [resource]
  if (parts.some((part) => part.kind !== 'text' && !(part.kind === 'outside' && part.origin.kind === 'pseudo')))
    return false
  return /^arn:[^:]+:states:::ecs:runTask(?:\.sync)?$/.test(parts.map((part) => textOf(part) ?? 'aws').join(''))
}
