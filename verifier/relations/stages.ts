/** Whether an API answers anybody: a stage that is deployed, and an endpoint or a domain. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, entry, isAbsent, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { restApiType } from './apis.ts'
import { isEndpointOff, isInUse, type Mapped, mappedTo } from './domains.ts'
import { unlessBoolean } from './known.ts'
import { leavesBy } from './outputs.ts'

export type Served =
  /** `deployment`: the one that it names. */
  | { readonly is: 'yes'; readonly stage: Resource; readonly deployment?: Resource }
  | { readonly is: 'no'; readonly because: string; readonly remedy: string }
  | { readonly is: 'maybe'; readonly value: Value; readonly because: string }

/** What may be a stage of the API, in any world. */
export const stageSources = (facts: Facts, api: Resource): readonly Resource[] =>
  api.type === restApiType
    ? facts.candidates('AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment')
    : facts.candidates('AWS::ApiGatewayV2::Stage')

/** Whether the stage or deployment serves the API, and is deployed. */
export function isServedBy(facts: Facts, api: Resource, stage: Resource): Served {
  const property = stage.type.startsWith('AWS::ApiGateway::') ? 'RestApiId' : 'ApiId'
  const answer = isIt(facts, facts.get(stage, property), api.key)
  const none = { is: 'no', because: `no stage of ${api.id} is in the templates`, remedy: 'add a stage' } as const
  if (answer.is === 'no' || !facts.exists(stage)) return none
  if (answer.is === 'maybe')
    return { is: 'maybe', value: answer.value, because: `whether ${stage.id} is a stage of ${api.id} is not known` }
  // A deployment makes the stage that it names.
  if (stage.type === 'AWS::ApiGateway::Deployment')
    return isAbsent(facts.get(stage, 'StageName')) ? none : { is: 'yes', stage, deployment: stage }
  const named = facts.get(stage, 'DeploymentId')
  if (!isAbsent(named)) {
    const deployment = resourceOf(facts, named, 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Deployment')
    return { is: 'yes', stage, ...(deployment ? { deployment } : {}) }
  }
  const auto = facts.get(stage, 'AutoDeploy')
  const isAuto = stage.type === 'AWS::ApiGatewayV2::Stage' ? booleanOf(auto, false) : false
  if (isAuto) return { is: 'yes', stage }
  if (isAuto === undefined)
    return { is: 'maybe', value: unlessBoolean(auto), because: `whether ${stage.id} is deployed is not known` }
  const deployed = facts
    .candidates('AWS::ApiGatewayV2::Deployment')
    .some(
      (each) => isIt(facts, facts.get(each, 'ApiId'), api.key).is !== 'no' && !isAbsent(facts.get(each, 'StageName')),
    )
  return deployed
    ? { is: 'yes', stage }
    : { is: 'no', because: `the stage ${stage.id} is not deployed`, remedy: `write AutoDeploy: true in ${stage.id}` }
}

export type Entrance =
  | { readonly is: 'yes' }
  | { readonly is: 'maybe'; readonly value: Value }
  /** `ignored`: what leads to it, at which its domain does not look. `astray`: what leads to a stage that it does not have. */
  | { readonly is: 'no'; readonly ignored: Mapped | undefined; readonly astray: Mapped | undefined }

/** An endpoint of its own, or a domain that is mapped to it. */
export function hasEntrance(facts: Facts, api: Resource): Entrance {
  const off = isEndpointOff(facts, api)
  if (off.is === false) return { is: 'yes' }
  const all = mappedTo(facts, api)
  const astray = all.filter(({ by }) => namesNoStage(facts, api, by))
  const domains = all
    .filter((mapped) => !astray.includes(mapped))
    .map((mapped) => ({ mapped, use: isInUse(facts, mapped) }))
  if (domains.some(({ use }) => 'known' in use && use.known)) return { is: 'yes' }
  const [unknown] = domains.flatMap(({ use }) => ('unknown' in use ? [use.unknown] : []))
  if (unknown) return { is: 'maybe', value: unknown }
  if (off.is === undefined) return { is: 'maybe', value: off.value }
  return { is: 'no', ignored: domains.map(({ mapped }) => mapped)[0], astray: astray[0] }
}

/** Whether a mapping names a stage by a name that no stage of the API has; one that names none leaves it to the path. */
function namesNoStage(facts: Facts, api: Resource, by: Resource): boolean {
  const name = textOf(facts.get(by, 'Stage'))
  if (name === undefined || leavesBy(facts, [api]).length > 0) return false
  const names = stageSources(facts, api)
    .filter((stage) => isServedBy(facts, api, stage).is !== 'no')
    .map((stage) => textOf(facts.get(stage, 'StageName')))
  return names.every((each) => each !== undefined && each !== name)
}

/** Whether it certainly has a stage, and an endpoint or a domain of its own, and turns nobody away by its policy. */
export const isCalled = (facts: Facts, api: Resource): boolean =>
  hasEntrance(facts, api).is === 'yes' &&
  [facts.get(api, 'Policy'), entry(facts.get(api, 'Body'), 'x-amazon-apigateway-policy')].every(onlyAllows) &&
  stageSources(facts, api).some((stage) => isServedBy(facts, api, stage).is === 'yes')

const onlyAllows = (policy: Value): boolean =>
  isAbsent(policy) ||
  (policy.kind === 'map' &&
    piecesOf(entry(policy, 'Statement')).every((statement) => textOf(entry(statement, 'Effect')) === 'Allow'))
