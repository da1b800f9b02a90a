import { empty, merge } from '../cfn/fragment.ts'
import type { Model } from '../model/model.ts'
import { unique } from '../model/names.ts'
import { calleesFirst } from '../model/service/calls.ts'
import type { Running } from '../model/service/running.ts'
import { running, tasks } from '../model/tasks.ts'
import { api } from './api/index.ts'
import { bounded } from './boundary.ts'
import { certificate } from './certificate/index.ts'
import { cluster } from './cluster/index.ts'
import { namespace } from './cluster/namespace.ts'
import { customResources } from './custom-resources/index.ts'
import {
  ApiStack,
  CertificateStack,
  ClusterStack,
  CustomResourcesStack,
  jobStack,
  LoadBalancerStack,
  NetworkStack,
  serviceStack,
  workerStack,
} from './handles/stacks.ts'
import { job } from './job/index.ts'
import type { Layer } from './layer.ts'
import { loadBalancer } from './load-balancer/index.ts'
import { network } from './network/index.ts'
import { overridden } from './overrides/index.ts'
import { apart } from './service/apart.ts'
import { external } from './service/external.ts'
import { service } from './service/index.ts'
import { externalGroup, serviceGroup } from './service/task-group.ts'
import { worker } from './worker/index.ts'

/** The architecture as the config has it, its overrides among it. */
export const layers = (model: Model, ours: readonly Layer[] = architecture(model)): readonly Layer[] =>
  overridden(ours, model.overrides).map((layer) => ({
    ...layer,
    fragment: bounded(layer.fragment, model.permissionsBoundary),
  }))

/** Bottom up: a layer refers only to those above it in this list. A layer that holds nothing is left out. */
export const architecture = (model: Model): readonly Layer[] => {
  const { domain, observability } = model
  const services = model.services.map((each) => ({ each, group: serviceGroup(each, model.network) }))
  const externals = model.externals.map((each) => ({ each, group: externalGroup(each) }))
  return [
    {
      name: 'custom-resources',
      stack: CustomResourcesStack,
      description: 'functions that wait for certificates and VPC links',
      fragment: customResources(domain, model.api, observability),
    },
    {
      name: 'network',
      stack: NetworkStack,
      description: 'VPC, private subnets and what tasks may reach from them',
      fragment: network(model.network, observability),
    },
    {
      name: 'certificate',
      stack: CertificateStack,
      description: 'certificate of the load balancer and of the API',
      fragment: certificate(domain, unique(model.targets.map(({ region }) => region)), model.tags),
    },
    {
      name: 'load-balancer',
      stack: LoadBalancerStack,
      description: 'internal load balancer that only the VPC link reaches',
      fragment: loadBalancer({ ...model, certificate: domain.certificate }),
    },
    {
      name: 'cluster',
      stack: ClusterStack,
      description: 'ECS cluster',
      fragment:
        tasks(model).length === 0 && model.share === undefined
          ? empty
          : merge(cluster(model.cluster, running(model), observability), namespace(running(model))),
    },
    ...calleesFirst([
      ...services.map(({ each, group }) => ({
        ...layerOf(each, 'behind the load balancer'),
        fragment: service(each, group, model),
      })),
      ...model.backends.map((each) => ({
        ...layerOf(each, 'which only other services of the application reach'),
        fragment: apart(each, model),
      })),
    ]),
    ...externals.map(({ each, group }) => ({
      name: `service-${each.key}`,
      stack: serviceStack(each),
      description: `way to service ${each.key}, which somebody else runs`,
      fragment: external(each, group),
    })),
    ...model.workers.map((each) => ({
      name: `worker-${each.key}`,
      stack: workerStack(each),
      description: `worker ${each.key} on Fargate, which nothing reaches`,
      fragment: worker(each, model),
    })),
    ...model.jobs.map((each) => ({
      name: `job-${each.key}`,
      stack: jobStack(each),
      description: `job ${each.key} on Fargate, at certain times`,
      fragment: job(each, model),
    })),
    {
      name: 'api',
      stack: ApiStack,
      description: 'HTTP API, the only way in',
      fragment: api(model, merge(...[...services, ...externals].map(({ group }) => group))),
    },
  ].filter(({ fragment }) => fragment.entries.length + fragment.existing.length > 0)
}

const layerOf = (service: Running, where: string) => ({
  key: service.key,
  callees: service.callees,
  name: `service-${service.key}`,
  stack: serviceStack(service),
  description: `service ${service.key} on Fargate, ${where}`,
})
