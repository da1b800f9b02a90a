import type { Config } from '../../config/schema/index.ts'
import { runServices } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const networkKeysWithoutEffect: Rule = {
  id: 'PC206',
  title: 'Every key of the network has an effect',
  why: 'a key that changes nothing would look as if it worked',
  // What the platform brings has a rule of its own.
  check: ({ platform }, config) => (platform === undefined ? idleKeys(config) : []),
}

const idle = (key: string, because: string, remedy: string): Finding => ({
  path: ['network', ...key.split('.')],
  at: 'key',
  message: `"network.${key}" has no effect here: ${because}`,
  remedy,
})

function idleKeys({ network, loadBalancer, api, services, jobs, share }: Config): Finding[] {
  const { existing, cidr, egress, egressPorts, availabilityZones } = network
  if (existing === undefined) return []
  const { subnets } = existing
  return [
    ...(cidr === undefined
      ? []
      : [
          idle(
            'cidr',
            'the VPC exists already, with its range',
            'remove the key; for api.probe, write network.existing.cidr',
          ),
        ]),
    ...(egress === undefined
      ? []
      : [
          idle(
            'egress',
            'the VPC exists already, with its routes',
            'remove the key; for endpoints, write their security group in network.existing.endpoints',
          ),
        ]),
    ...(egressPorts === undefined
      ? []
      : [idle('egressPorts', 'the VPC exists already, with its routes', 'remove the key')]),
    ...(availabilityZones === undefined || subnets === undefined
      ? []
      : [idle('availabilityZones', `there are ${subnets.length} subnets, one in each zone`, 'remove the key')]),
    ...(existing.endpoints === undefined || share || runServices(services).length + Object.keys(jobs).length > 0
      ? []
      : [idle('existing.endpoints', 'nothing here runs tasks', 'remove the key')]),
    ...(existing.cidr === undefined ? [] : idleCidr(api.probe, loadBalancer.existing !== undefined)),
  ]
}

const idleCidr = (probed: boolean, ofOthers: boolean): Finding[] => {
  if (ofOthers) return [idle('existing.cidr', 'the load balancer exists already, with its addresses', 'remove the key')]
  return probed ? [] : [idle('existing.cidr', 'only the probe needs it', 'remove the key, or set api.probe to true')]
}
