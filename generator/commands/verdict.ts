/** The verdict on what is generated, with exactly the declarations that the config makes. */
import { type ClaimReport, type Declarations, type Report, shellWord, verify } from '../../verifier/index.ts'
import { generate } from '../generate.ts'
import { domainName, HttpApi } from '../layers/handles/api.ts'
import { stateMachine } from '../layers/handles/job.ts'
import { fargateService, targetGroup } from '../layers/handles/service.ts'
import { inSub } from '../layers/parameters.ts'
import { hasApi } from '../model/api/api.ts'
import type { StackSet as Planned } from '../model/delivery/delivery.ts'
import type { LoadBalancer } from '../model/load-balancer/load-balancer.ts'
import type { Model } from '../model/model.ts'
import { pascalCase, unique } from '../model/names.ts'
import { egressParameters } from '../model/network/egress.ts'
import type { Network } from '../model/network/network.ts'
import { meaningOf } from '../model/parameters/parameter.ts'
import type { Platform } from '../model/platform.ts'
import { isOfAccount } from '../model/task/policies.ts'
import type { Task } from '../model/task/task.ts'
import { running, tasks } from '../model/tasks.ts'
import type { Assets, OutputFile } from '../packagings/assets.ts'
import { StackSet } from '../packagings/handles.ts'

/** Files that stand for a whole application: the nested form, the single file, and the one inside the stack set. */
const whole = /^templates\/(?:template|standalone|stack-set)\.(?:yaml|json)$/

const isStackSet = (path: string): boolean => path.startsWith('templates/stack-set.')

export type Judged = {
  readonly path: string
  readonly report: Report
  /** What is left to the templates that it is judged with. */
  readonly left: readonly ClaimReport[]
}

/** The one template of the platform, made in memory: what is imported is judged with what exports it. */
export const platformFiles = ({ platform }: Model, assets: Assets): readonly OutputFile[] =>
  platform === undefined
    ? []
    : generate(platform.model, assets)
        .filter(({ path }) => path === 'templates/standalone.yaml')
        .map(({ text }) => ({ path: `${platform.model.name}.yaml`, text }))

export function judge(
  model: Model,
  files: readonly OutputFile[],
  ownFunctions: ReadonlySet<string>,
  platform: readonly OutputFile[] = [],
): Judged[] {
  const byPath = new Map(files.map(({ path, text }) => [path, text]))
  return files
    .filter(({ path }) => whole.test(path))
    .map((template) => ({
      path: template.path,
      ...ofWayIn(
        model,
        verify({
          templates: [...platform, template],
          readFile: (path) => byPath.get(path),
          declarations: withPlatform(model, declarationsOf(model, template.path)),
          ownFunctions,
        }),
      ),
    }))
}

/**
 * A platform without an API has no way in of its own: those of the applications on it are judged with them, and so is
 * who comes through a link that exists, which only their APIs use.
 */
const ofWayIn = ({ api }: Model, report: Report): Pick<Judged, 'report' | 'left'> => {
  if (hasApi(api)) return { report, left: [] }
  const link = api.link.kind === 'existing' ? api.link.group.name : undefined
  const isOfLink = ({ id, unknowns = [] }: ClaimReport): boolean =>
    id === 'sole-entrance' && unknowns.length > 0 && unknowns.every(({ name }) => name === link)
  const isLeft = (claim: ClaimReport): boolean => claim.id === 'way-in-exists' || isOfLink(claim)
  const claims = report.claims.filter((claim) => !isLeft(claim))
  const verdicts = claims.map(({ verdict }) => verdict)
  const verdict = (['refuted', 'undecided'] as const).find((each) => verdicts.includes(each)) ?? 'proved'
  return { report: { ...report, claims, verdict }, left: report.claims.filter(isLeft) }
}

/** The application, and the platform that it is judged with, under the names by which they find each other. */
export const withPlatform = (model: Model, own: Declarations): Declarations => {
  const { platform } = model
  if (platform === undefined) return own
  const other = declarationsOf(platform.model)
  const name = platform.name.default ?? ''
  return {
    parameters: new Map([
      ...own.parameters,
      ...groupsOf(platform.model),
      ...groupsOf(model),
      [platform.name.name, name],
      [platform.model.share?.name ?? '', name],
    ]),
    openRoutes: [...own.openRoutes, ...other.openRoutes],
    allow: [...own.allow, ...other.allow],
    assume: [...own.assume, ...other.assume],
  }
}

/** Groups that exist, by id: any other value might be that of a group which the template beside this one makes. */
const groupsOf = ({ parameters }: Model): [name: string, id: string][] =>
  Object.values(parameters).flatMap(({ name, default: id = '' }) => (/^sg-/.test(id) ? [[name, id]] : []))

/** What the config says openly of one of the files, in the words of the command line. In a stack set, accounts are others. */
export const declarationsOf = (
  { api, network, loadBalancer, domain, domain: { certificate }, ...model }: Model,
  template = '',
): Declarations => ({
  parameters: new Map(),
  openRoutes: api.routes
    .filter(({ auth }) => auth.kind === 'none')
    .map(({ routeKey }) => ({ api: HttpApi.id, key: routeKey })),
  allow: [
    ...running(model).flatMap((each) => {
      const { id: name } = fargateService(each)
      return [
        ...outgoing(each, name, network),
        ...each.callees.map((callee) => ({ door: 'caller' as const, name: `${name}/${fargateService(callee).id}` })),
        ...(each.exec ? [{ door: 'exec' as const, name }] : []),
      ]
    }),
    ...model.jobs.flatMap((each) => outgoing(each, stateMachine(each).id, network)),
    ...toExistingEndpoints(network, model.platform),
    ...domain.published.map((host) => ({ door: 'second-domain' as const, name: domainName(pascalCase(host)).id })),
  ],
  assume: [
    ...(certificate.kind === 'existing'
      ? [`\${${domain.domainName.name}}`, inSub(domain.name)].map((value) => ({
          name: certificate.arn.name,
          facet: 'covers' as const,
          value,
        }))
      : []),
    ...(model.platform === undefined ? ofExistingLoadBalancer(loadBalancer) : []),
    ...(api.link.kind === 'existing' && model.platform === undefined
      ? [{ name: api.link.group.name, facet: 'carriers' as const, value: api.link.id.name }]
      : []),
    ...model.externals.map((each) => ({
      name: targetGroup(each).id,
      facet: 'targets' as const,
      value: 'elsewhere',
    })),
    ...unique(tasks(model).flatMap(({ policies }) => policies.filter(isOfAccount))).map((policy) => ({
      name: isStackSet(template)
        ? inSub(policy).replace(
            /\$\{(AWS::\w+)\}/g,
            (_, name: string) =>
              onlyPlace(model.delivery.stackSet, name) ?? `\${${name} of ${template}/${StackSet.id}}`,
          )
        : inSub(policy),
      facet: 'rights' as const,
      value: 'none',
    })),
  ],
})

/** The account or region of all stacks of a set, where the template lists one only. Units are known to AWS alone. */
function onlyPlace(stackSet: Planned | undefined, name: string): string | undefined {
  if (stackSet === undefined) return undefined
  const { accounts, organizationalUnits, regions } = stackSet
  const listed = unique(
    name === 'AWS::Region' ? regions : name === 'AWS::AccountId' && organizationalUnits.length === 0 ? accounts : [],
  )
  return listed.length === 1 ? listed[0] : undefined
}

/** Whose group it is, and which name its certificate covers, is nowhere in the templates. */
const ofExistingLoadBalancer = (loadBalancer: LoadBalancer): Declarations['assume'][number][] =>
  loadBalancer.kind === 'existing'
    ? [
        { name: loadBalancer.group.name, facet: 'carriers', value: loadBalancer.listener.name },
        ...[`\${${loadBalancer.serverName.name}}`, inSub(meaningOf(loadBalancer.serverName) ?? '')].map((value) => ({
          name: loadBalancer.listener.name,
          facet: 'covers' as const,
          value,
        })),
      ]
    : []

/** What leads to AWS services in a VPC whose routes nobody shows. */
const toExistingEndpoints = ({ egress }: Network, platform: Platform | undefined): Declarations['allow'][number][] =>
  egress.kind === 'existing-endpoints'
    ? egressParameters(egress)
        // The endpoints of a platform are shown with it.
        .filter(({ name }) => platform === undefined || name !== egress.group.name)
        .map(({ name }) => ({ door: 'egress' as const, name: `${name}:443` }))
    : []

/** Where its tasks may open connections to. */
const outgoing = ({ reaches }: Task, name: string, { egress }: Network): Declarations['allow'][number][] =>
  egress.internet
    ? [{ door: 'internet-egress' as const, name }]
    : reaches.map(({ peer, port }) => ({ door: 'egress' as const, name: `${peer.name}:${port}` }))

/** A line for each file, and whatever is not proved. */
export function verdictLines(judged: readonly Judged[]): string[] {
  const declared = [
    ...new Set(
      judged.flatMap(({ report }) => report.declarations.map(({ kind, value }) => `--${kind} ${shellWord(value)}`)),
    ),
  ]
  const left = judged.flatMap((each) => each.left.map(({ id, target }) => `${id} ${target}`))
  return [
    ...judged.map(({ path, report }) => `  ${path}  ${inWords(report)}`),
    ...unique(left).map((each) => `  ${each}  not judged here: verify each application together with this platform`),
    ...judged.flatMap(({ path, report }) =>
      report.claims
        .filter(({ verdict }) => verdict !== 'proved')
        .map(({ id, target, verdict, because }) => `    ${verdict}: ${id} ${target} (${path}): ${because}`),
    ),
    ...declared.map((each) => `  declared, because the config says so: ${each}`),
  ]
}

const inWords = ({ verdict, claims }: Report): string =>
  verdict === 'proved' ? `all ${claims.length} claims proved` : `${verdict}: portcullis verify shows the path`
