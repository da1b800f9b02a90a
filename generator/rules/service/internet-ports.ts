import { reachesInternet } from '../../model/network/egress.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const internetPorts: Rule = {
  id: 'PC462',
  title: 'A port of the internet that a service or job reaches is not open to all tasks already',
  why: 'network.egressPorts says what all tasks may open through NAT; without it they may open every port, and without NAT none',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, task: { reaches } }) =>
      reaches.flatMap(({ internet: port }, index): Finding[] => {
        const path = [...at, 'reaches', index, 'internet']
        const { egressPorts } = config.network
        if (port === undefined) return []
        if (!reachesInternet(config.network))
          return [
            {
              path,
              message: 'tasks have no way to the internet',
              remedy: 'remove the entry, or set network.egress to nat or regional-nat',
            },
          ]
        if (config.network.existing !== undefined)
          return [
            {
              path,
              message: 'in an existing VPC, what is reached on the internet is written as addresses',
              remedy: `write { cidr: ADDRESSES, port: ${port} }`,
            },
          ]
        if (egressPorts === undefined)
          return [
            {
              path,
              message: `tasks may open every port of the internet already, so ${port} would change nothing`,
              remedy: 'remove the entry, or narrow the others down with network.egressPorts: [443]',
            },
          ]
        return egressPorts.includes(port)
          ? [
              {
                path,
                also: ['network', 'egressPorts'],
                message: `all tasks may open ${port} already`,
                remedy: 'remove the entry, or the port from network.egressPorts',
              },
            ]
          : []
      }),
    ),
}
