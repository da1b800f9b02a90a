import type { Config } from '../config/schema/index.ts'
import { apiOf, apiParameters } from './api/api.ts'
import { parametersOfAuthorizers } from './api/authorizers.ts'
import { clusterOf, clusterParameters } from './cluster/cluster.ts'
import { deliveryOf } from './delivery/delivery.ts'
import { targetsOf } from './delivery/targets.ts'
import { domainOf, domainParameters } from './domain/domain.ts'
import { type Job, jobOf, parametersOfJob } from './job/job.ts'
import { listenerRules } from './load-balancer/listener-rules.ts'
import { loadBalancerOf, loadBalancerParameters } from './load-balancer/load-balancer.ts'
import type { Model } from './model.ts'
import { sortedEntries } from './names.ts'
import { prefixListsIn, reachesInternet } from './network/egress.ts'
import { networkOf, networkParameters } from './network/network.ts'
import { observabilityOf } from './observability/observability.ts'
import { overridesOf } from './overrides.ts'
import { environmentName } from './parameters/environment.ts'
import type { Parameter } from './parameters/parameter.ts'
import { launchBoundaryArn, permissionsBoundaryArn } from './parameters/roles.ts'
import { shareName } from './parameters/share.ts'
import { divided, nameIn, onPlatform, type Platform } from './platform.ts'
import type { Backend } from './service/backend.ts'
import { callsOf } from './service/calls.ts'
import { type External, externalOf } from './service/external.ts'
import { parametersOfRunning, queueNamesEnvironment, runningOf, type Surroundings } from './service/running.ts'
import { type Service, serviceOf } from './service/service.ts'
import { type Worker, workerOf } from './service/worker.ts'
import { tagsOf } from './tags.ts'
import { namesEnvironment } from './task/task.ts'
import { variedOf } from './task/varied.ts'
import { isRun, writtenBackends, writtenExternals, writtenServices, writtenWorkers } from './task/written.ts'
import { running, tasks } from './tasks.ts'

/** Config -> Model. Total: it answers for every config that the schema accepts, and the rules judge the answer. */
export const resolve = (written: Config, platform?: Platform): Model => {
  const config = platform === undefined ? written : onPlatform(written, platform)
  const services = servicesOf(config)
  const externals = externalsOf(config)
  const backends = backendsOf(config)
  const workers = workersOf(config)
  const jobs = jobsOf(config)
  const delivery = deliveryOf(config.delivery)
  const named =
    tasks({ services, backends, workers, jobs }).some(namesEnvironment) ||
    running({ services, backends, workers }).some(queueNamesEnvironment)
  const network = networkOf(config, tasks({ services, backends, workers, jobs }))
  const columns = {
    name: config.name,
    tags: tagsOf(config.tags),
    ...permissionsBoundaryOf(config),
    domain: domainOf(config),
    network,
    cluster: clusterOf(config.cluster),
    loadBalancer: loadBalancerOf(config),
    ...(config.share ? { share: shareName(config.name) } : {}),
    ...(platform === undefined ? {} : { platform }),
    services,
    externals,
    backends,
    workers,
    jobs,
    api: apiOf(config, [...services, ...externals]),
    observability: observabilityOf(config.observability),
    overrides: overridesOf(config.overrides),
    delivery,
    targets: targetsOf(config, delivery.stackSet, {
      named,
      known: prefixListsIn(network.egress),
      sharing: sharingIn(config, platform),
    }),
    ...(named ? { environmentName } : {}),
  }
  const { parameters, imports } = divided(parametersOf(columns), platform)
  return { ...columns, parameters: byName(parameters), imports: byName(imports) }
}

const byName = (all: readonly Parameter[]): Readonly<Record<string, Parameter>> =>
  Object.fromEntries(all.map((each) => [each.name, each]))

/** What an environment shares, and what it uses, is called by its name too. */
const sharingIn =
  (config: Config, platform: Platform | undefined) =>
  (environment: string): Readonly<Record<string, string>> => {
    const used = platform && nameIn(platform, environment)
    return {
      ...(config.share
        ? { ShareName: environment === 'default' ? config.name : `${config.name}-${environment.replaceAll('_', '-')}` }
        : {}),
      ...(used === undefined ? {} : { PlatformName: used }),
    }
  }

const surroundings = (config: Config, key: string): Surroundings => ({
  internet: reachesInternet(config.network),
  varied: variedOf(config, { kind: 'Service', key }),
  ...callsOf(config.services, key),
})

const permissionsBoundaryOf = ({ name, permissionsBoundary, delivery }: Config): Pick<Model, 'permissionsBoundary'> => {
  if (permissionsBoundary !== undefined) return { permissionsBoundary: permissionsBoundaryArn(permissionsBoundary) }
  return delivery.serviceCatalog === undefined ? {} : { permissionsBoundary: launchBoundaryArn(name) }
}

const servicesOf = (config: Config): Service[] => {
  const rules = listenerRules(config)
  return writtenServices(config.services)
    .filter(isRun)
    .map(([key, service]) => serviceOf(key, service, { rules: rules.get(key) ?? [], ...surroundings(config, key) }))
}

const externalsOf = (config: Config): External[] => {
  const rules = listenerRules(config)
  return writtenExternals(config.services).map(([key, service]) => externalOf(key, service, rules.get(key) ?? []))
}

const backendsOf = (config: Config): Backend[] =>
  writtenBackends(config.services).map(([key, service]) => ({
    ...runningOf(key, service, surroundings(config, key)),
    port: service.port,
  }))

const workersOf = (config: Config): Worker[] =>
  writtenWorkers(config.services).map(([key, worker]) => workerOf(key, worker, surroundings(config, key)))

const jobsOf = (config: Config): Job[] =>
  sortedEntries(config.jobs).map(([key, job]) =>
    jobOf(key, job, { internet: reachesInternet(config.network), varied: variedOf(config, { kind: 'Job', key }) }),
  )

/** In the order in which a launch form shows them. */
const parametersOf = (model: Omit<Model, 'parameters' | 'imports'>): Parameter[] => [
  ...(model.share === undefined ? [] : [model.share]),
  ...(model.environmentName === undefined ? [] : [model.environmentName]),
  ...networkParameters(model.network, model.api.probe !== undefined && model.loadBalancer.kind === 'new'),
  ...domainParameters(model.domain),
  ...loadBalancerParameters(model.loadBalancer),
  ...clusterParameters(model.cluster),
  ...running(model).flatMap(parametersOfRunning),
  ...model.externals.map(({ group }) => group),
  ...model.jobs.flatMap(parametersOfJob),
  ...parametersOfAuthorizers(model.api.authorizers),
  ...apiParameters(model.api),
  model.observability.logRetentionDays,
  ...(model.permissionsBoundary === undefined ? [] : [model.permissionsBoundary]),
]
