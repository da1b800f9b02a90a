import { registryPort } from '../../aws/images.ts'
import { DEFAULT_EGRESS } from '../../config/schema/network.ts'
import { reachesInternet } from '../../model/network/egress.ts'
import { writtenContainers, writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const egressPorts: Rule = {
  id: 'PC205',
  title: 'The ports to the internet belong to NAT, and have those at which images are pulled and AWS answers',
  why: 'without NAT there is no way that the ports could open, and without these ports no task starts',
  check: (_, config) => {
    const { egress = DEFAULT_EGRESS, egressPorts: ports, existing } = config.network
    const path = ['network', 'egressPorts']
    // The routes of an existing VPC have a rule of their own.
    if (ports === undefined || existing !== undefined) return []
    if (!reachesInternet(config.network))
      return [
        {
          path,
          also: ['network', 'egress'],
          message: `ports to the internet with egress: ${egress}, which has no way there`,
          remedy:
            'remove the key, or set network.egress to nat or regional-nat; hosts of connected networks stand in reaches',
        },
      ]
    const missing = (port: number, what: string): Finding[] =>
      ports.includes(port)
        ? []
        : [{ path, message: `port ${port} is missing, at which ${what}`, remedy: `add ${port} to the list` }]
    const own = new Set(
      writtenTasks(config).flatMap(({ at, task: { reaches } }) => reaches.map(({ internet }) => `${at} ${internet}`)),
    )
    const registries = new Map(
      writtenContainers(config)
        .filter(({ at, container: { image } }) => !own.has(`${at.slice(0, 2)} ${registryPort(image)}`))
        .map(({ container: { image } }) => [registryPort(image), image] as const),
    )
    registries.delete(443)
    return [
      ...missing(443, 'AWS answers, and most registries'),
      ...[...registries].flatMap(([port, image]) => missing(port, `the registry of ${image} answers`)),
    ]
  },
}
