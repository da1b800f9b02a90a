/**
 * What the launch role may do, from the resource types of the product: what the handlers of these types call
 * (handler-permissions.gen.ts), less what our templates never ask for (unused.ts), plus what the schemas are known to
 * omit (omitted.ts), each for the resources that scopes.ts gives.
 */
import { handlerPermissions, notActions, type Operation } from './handler-permissions.gen.ts'
import { omitted } from './omitted.ts'
import { type Product, type Scope, scopeOf } from './scopes.ts'
import { unused } from './unused.ts'

type Statement = {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: unknown
  readonly Condition?: object
}

export type PolicyDocument = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] }

/** A managed policy holds at most so many characters, white space not counted (IAM guide: reference_iam-quotas). */
export const policyLimit = 6144

/** One managed policy each, because all together are too long for one. */
const policies = {
  NetworkPermissions: ['autoscaling', 'ec2'],
  ApiPermissions: ['acm', 'apigateway', 'route53'],
  ServicePermissions: [
    'application-autoscaling',
    'cloudwatch',
    'ecs',
    'elasticloadbalancing',
    'scheduler',
    'servicediscovery',
    'sqs',
    'states',
  ],
  StackPermissions: ['cloudformation', 'lambda'],
  RolePermissions: ['iam'],
  LogPermissions: ['logs', 's3'],
  FileSystemPermissions: ['elasticfilesystem'],
} as const

type PolicyName = keyof typeof policies

/** Every type that a product of ours can hold: for versions that another config made. */
export const allTypes: readonly string[] = [...Object.keys(handlerPermissions), 'Custom::Portcullis']

/** Whether it is known what the launch role needs for the type. */
export const isLaunchable = (type: string): boolean =>
  type.startsWith('Custom::') || Object.hasOwn(handlerPermissions, type)

/** Whether some resource of the type has the property. */
export type Has = (type: string, property: string) => boolean

type Documents = Partial<Record<PolicyName, PolicyDocument>>

/** Resource types -> policy documents by logical ID. Throws on a type without data, naming it. */
export function permissions(types: readonly string[], product: Product, has: Has = () => true): Documents {
  const named = documents(types, product, has)
  const found = tooLong(named).length === 0 ? named : documents(types, { ...product, unnamed: true }, has)
  for (const [name, characters] of tooLong(found))
    throw new Error(`${name} of the launch role has ${characters} characters, and IAM allows ${policyLimit}`)
  return found
}

const tooLong = (found: Documents): readonly (readonly [string, number])[] =>
  Object.entries(found)
    .map(([name, document]) => [name, policyCharacters(document)] as const)
    .filter(([, characters]) => characters > policyLimit)

function documents(types: readonly string[], product: Product, has: Has): Documents {
  const granted = new Map<string, { readonly scope: Scope; readonly policy: PolicyName; readonly actions: string[] }>()
  for (const type of [...new Set(types)].sort()) {
    for (const action of actionsOf(type, has)) {
      const scope = scopeOf(action, type, product)
      if (scope.resources.length === 0) continue
      const policy = policyOf(action)
      const key = `${policy} ${scope.name}`
      const known = granted.get(key) ?? { scope, policy, actions: [] }
      if (!known.actions.some((each) => sameAction(each, action))) known.actions.push(action)
      granted.set(key, known)
    }
  }
  return Object.fromEntries(
    (Object.keys(policies) as PolicyName[]).flatMap((name) => {
      const statements = [...granted.values()].filter(({ policy }) => policy === name).map(statement)
      return statements.length > 0 ? [[name, documentOf(statements)]] : []
    }),
  )
}

function actionsOf(type: string, has: Has): string[] {
  const handlers = type.startsWith('Custom::') ? undefined : handlerPermissions[type]
  if (!handlers && !type.startsWith('Custom::'))
    throw new Error(`no permissions are known for ${type}: the launch role cannot be written`)
  const listed = handlers
    ? (['create', 'read', 'update', 'delete'] as Operation[]).flatMap((each) => handlers[each])
    : []
  const left = new Set(
    unused
      .filter((each) => each.type === type && (each.unless === undefined || !has(type, each.unless)))
      .flatMap(({ actions }) => actions),
  )
  const more = omitted.filter(({ types }) => types === undefined || types.some((each) => matches(each, type)))
  return [
    ...listed.filter((action) => !left.has(action) && !notActions.has(action)),
    ...more.flatMap(({ actions }) => actions),
  ]
}

const matches = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern

/** IAM does not tell apart capital and small letters in actions. */
const sameAction = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function policyOf(action: string): PolicyName {
  const service = action.split(':')[0] ?? ''
  const found = (Object.entries(policies) as [PolicyName, readonly string[]][]).find(([, all]) => all.includes(service))
  if (!found) throw new Error(`${action} belongs to no policy of the launch role`)
  return found[0]
}

const statement = ({ scope, actions }: { readonly scope: Scope; readonly actions: readonly string[] }): Statement => ({
  Sid: scope.name,
  Effect: 'Allow',
  Action: [...actions].sort(),
  Resource: scope.resources.length === 1 ? scope.resources[0] : scope.resources,
  ...(scope.condition ? { Condition: scope.condition } : {}),
})

const documentOf = (statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [...statements].sort((a, b) => (a.Sid < b.Sid ? -1 : 1)),
})

/** Not fewer than IAM will count: a placeholder is at least as long as what CloudFormation writes in its place. */
export const policyCharacters = (document: PolicyDocument): number =>
  JSON.stringify(document, (_, value) => value?.['Fn::Sub'] ?? value).replace(/\s/g, '').length
