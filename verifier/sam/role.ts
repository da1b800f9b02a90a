/**
 * The roles that SAM makes, with what `Policies` says: names and ARNs of managed policies, documents, and SAM's own
 * policy templates, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html
 */
import { type Mapping, type Node, string } from '../read/node.ts'
import { type Draft, make } from './draft.ts'
import {
  bool,
  choiceOf,
  chosen,
  type Fields,
  functionOf,
  get,
  isNoValue,
  list,
  map,
  plainMap,
  texts,
  truth,
  word,
} from './nodes.ts'
import { policyTemplates } from './policy-templates.gen.ts'

/** A role that is not complete yet: events add to it. */
export type Role = {
  readonly id: string
  readonly at: number
  readonly managed: Node[]
  readonly policies: Node[]
  readonly reasons: string[]
  trust: Node
}

export const newRole = (id: string, at: number, service: string): Role => ({
  id,
  at,
  managed: [],
  policies: [],
  reasons: [],
  trust: trustOf(service, at),
})

export const trustOf = (service: string, at: number): Mapping =>
  document(
    [
      map(at, {
        Action: texts(['sts:AssumeRole'], at),
        Effect: string('Allow', at),
        Principal: map(at, { Service: texts([service], at) }),
      }),
    ],
    at,
  )

export const document = (statements: Node[], at: number): Mapping =>
  map(at, { Version: string('2012-10-17', at), Statement: list(statements, at) })

export const allow = (actions: readonly string[], resource: Node | undefined, at: number): Mapping =>
  map(at, {
    Action: texts(actions, at),
    Effect: string('Allow', at),
    Resource: resource ?? map(at, {}, 'the resource is not given'),
  })

export const policy = (name: string, statements: Node[], at: number): Mapping =>
  map(at, { PolicyName: string(name, at), PolicyDocument: document(statements, at) })

/** What may be done to a destination. */
export const destinationActions: Readonly<Record<string, readonly string[]>> = {
  SQS: ['sqs:SendMessage'],
  SNS: ['sns:publish'],
  EventBridge: ['events:PutEvents'],
  Lambda: ['lambda:InvokeFunction'],
  S3Bucket: ['s3:PutObject', 's3:ListBucket'],
  S3: ['s3:PutObject', 's3:ListBucket'],
}

/** AWS's own policies; the name may have a path. */
export const awsPolicy = (name: string, at: number): Node => string(`arn:aws:iam::aws:policy/${name}`, at)

export function makeRole(draft: Draft, role: Role, attributes: Fields, more: Fields = {}): void {
  make(draft, role.id, {
    type: 'AWS::IAM::Role',
    at: role.at,
    attributes,
    properties: {
      AssumeRolePolicyDocument: role.trust,
      ManagedPolicyArns: list([...role.managed], role.at),
      Policies: role.policies.length > 0 ? list([...role.policies], role.at) : undefined,
      ...more,
    },
    open: role.reasons.length > 0 ? role.reasons.join('; ') : undefined,
  })
}

/** The contents of `Policies` of a function or state machine. */
export function addPolicies(role: Role, node: Node | undefined): void {
  if (!node || truth(node) === false) return
  const entries = node.kind === 'list' ? node.items : [node]
  entries.forEach((entry, index) => {
    const name = `${role.id}Policy${index}`
    const kind = kindOf(entry)
    if (kind === 'managed') role.managed.push(managed(entry))
    else if (kind === 'document' || kind === 'template') role.policies.push(named(name, entry))
    else role.reasons.push(`policy ${index + 1} of ${role.id} is not modelled`)
  })
}

type Kind = 'managed' | 'document' | 'template' | 'nothing'

function kindOf(node: Node): Kind | undefined {
  if (word(node) !== undefined) return 'managed'
  const choice = choiceOf(node)
  if (choice) {
    const kinds = choice.branches.map((branch) => (isNoValue(branch) ? 'nothing' : kindOf(branch)))
    const found = kinds.filter((kind) => kind !== 'nothing')
    return new Set(found).size > 1 ? undefined : (found[0] ?? 'managed')
  }
  if (functionOf(node)) return functionOf(node) === 'Fn::Transform' ? undefined : 'managed'
  const policy = plainMap(node)
  if (!policy) return undefined
  if (policy.entries.has('Statement')) return 'document'
  const [name = ''] = policy.entries.keys()
  return policy.entries.size === 1 && Object.hasOwn(policyTemplates, name) && plainMap(get(policy, name))
    ? 'template'
    : undefined
}

/** A name that is not an ARN is one of AWS's; CloudFormation accepts nothing else. */
function managed(node: Node): Node {
  const text = word(node)
  if (text !== undefined) return text.startsWith('arn:') ? node : awsPolicy(text, node.at)
  const choice = choiceOf(node)
  return choice ? chosen(choice, node.at, (branch) => (word(branch) === undefined ? branch : managed(branch))) : node
}

function named(name: string, node: Node): Node {
  if (isNoValue(node)) return node
  const choice = choiceOf(node)
  if (choice) return chosen(choice, node.at, (branch) => named(name, branch))
  return map(node.at, { PolicyName: string(name, node.at), PolicyDocument: written(node as Mapping) })
}

function written(node: Mapping): Mapping {
  if (node.entries.has('Statement')) return node
  const [[name, entry] = ['', undefined]] = node.entries
  const statements: unknown = JSON.parse(policyTemplates[name] ?? '[]')
  return map(node.at, { Statement: filledIn(statements, entry?.node, node.at) })
}

/** JSON as nodes, with what the author gave in place of the parameters. */
function filledIn(json: unknown, parameters: Node | undefined, at: number): Node {
  if (Array.isArray(json))
    return list(
      json.map((item) => filledIn(item, parameters, at)),
      at,
    )
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json)
    const [key, value] = entries[0] ?? []
    const given = key === 'Ref' && entries.length === 1 ? get(parameters, String(value)) : undefined
    return given ?? map(at, Object.fromEntries(entries.map(([name, each]) => [name, filledIn(each, parameters, at)])))
  }
  return typeof json === 'boolean' ? bool(json, at) : string(String(json), at)
}
