import { registryPort } from '../../aws/images.ts'
import { DEFAULT_EGRESS } from '../../config/schema/network.ts'
import { reachesInternet } from '../../model/network/egress.ts'
import { writtenContainers, writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const egressPorts: Rule = {
  id: 'PC205',
  title: 'The ports to the internet belong to NAT, and have those at which images are pulled and AWS answers',
  why: 'without NAT there is no way that the ports could open, and without these ports no task starts',
  check: ({ platform }, config) => {
    const { egress = DEFAULT_EGRESS, egressPorts: ports, existing } = config.network
    // The routes of an existing VPC have a rule of their own.
    if (ports === undefined || (existing !== undefined && platform === undefined)) return []
    const path = platform === undefined ? ['network', 'egressPorts'] : ['uses']
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
        : [
            {
              path,
              message: `port ${port} is missing${platform === undefined ? '' : " in the platform's network.egressPorts"}, at which ${what}`,
              remedy:
                platform === undefined
                  ? `add ${port} to the list`
                  : `add ${port} to the list, or { internet: ${port} } to what the task reaches`,
            },
          ]
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
