/** The verdict on what is generated, with exactly the declarations that the config makes. */
import { type Declarations, type Report, verify } from '../../verifier/index.ts'
import { domainName, HttpApi } from '../layers/handles/api.ts'
import { stateMachine } from '../layers/handles/job.ts'
import { fargateService, targetGroup } from '../layers/handles/service.ts'
import { inSub } from '../layers/parameters.ts'
import type { LoadBalancer } from '../model/load-balancer/load-balancer.ts'
import type { Model } from '../model/model.ts'
import { pascalCase, unique } from '../model/names.ts'
import { egressParameters } from '../model/network/egress.ts'
import type { Network } from '../model/network/network.ts'
import { meaningOf } from '../model/parameters/parameter.ts'
import { isOfAccount } from '../model/task/policies.ts'
import type { Task } from '../model/task/task.ts'
import { running, tasks } from '../model/tasks.ts'
import type { OutputFile } from '../packagings/assets.ts'
import { StackSet } from '../packagings/handles.ts'

/** Files that stand for a whole application: the nested form, the single file, and the one inside the stack set. */
const whole = /^templates\/(?:template|standalone|stack-set)\.(?:yaml|json)$/

const isStackSet = (path: string): boolean => path.startsWith('templates/stack-set.')

export type Judged = { readonly path: string; readonly report: Report }

export function judge(model: Model, files: readonly OutputFile[], ownFunctions: ReadonlySet<string>): Judged[] {
  const byPath = new Map(files.map(({ path, text }) => [path, text]))
  return files
    .filter(({ path }) => whole.test(path))
    .map((template) => ({
      path: template.path,
      report: verify({
        templates: [template],
        readFile: (path) => byPath.get(path),
        declarations: declarationsOf(model, template.path),
        ownFunctions,
      }),
    }))
}

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
    ...toExistingEndpoints(network),
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
    ...ofExistingLoadBalancer(loadBalancer),
    ...(api.link.kind === 'existing'
      ? [{ name: api.link.group.name, facet: 'carriers' as const, value: api.link.id.name }]
      : []),
    ...model.externals.map((each) => ({
      name: targetGroup(each).id,
      facet: 'targets' as const,
      value: 'elsewhere',
    })),
    ...unique(tasks(model).flatMap(({ policies }) => policies.filter(isOfAccount))).map((policy) => ({
      name: isStackSet(template)
        ? inSub(policy).replace(/\$\{AWS::\w+/g, `$& of ${template}/${StackSet.id}`)
        : inSub(policy),
      facet: 'rights' as const,
      value: 'none',
    })),
  ],
})

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
const toExistingEndpoints = ({ egress }: Network): Declarations['allow'][number][] =>
  egress.kind === 'existing-endpoints'
    ? egressParameters(egress).map(({ name }) => ({ door: 'egress' as const, name: `${name}:443` }))
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
      judged.flatMap(({ report }) => report.declarations.map(({ kind, value }) => `--${kind} ${quoted(value)}`)),
    ),
  ]
  return [
    ...judged.map(({ path, report }) => `  ${path}  ${inWords(report)}`),
    ...judged.flatMap(({ path, report }) =>
      report.claims
        .filter(({ verdict }) => verdict !== 'proved')
        .map(({ id, target, verdict, because }) => `    ${verdict}: ${id} ${target} (${path}): ${because}`),
    ),
    ...declared.map((each) => `  declared, because the config says so: ${each}`),
  ]
}

const quoted = (value: string): string => (/[\s$*]/.test(value) ? `'${value}'` : value)

const inWords = ({ verdict, claims }: Report): string =>
  verdict === 'proved' ? `all ${claims.length} claims proved` : `${verdict}: portcullis verify shows the path`
