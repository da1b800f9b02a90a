import { writtenTasks } from '../../model/task/written.ts'
import { openEgress } from '../open-egress.ts'
import type { Finding, Rule } from '../rule.ts'

export const internetPorts: Rule = {
  id: 'PC462',
  title: 'A port of the internet that a service or job reaches is not open to all tasks already',
  why: 'network.egressPorts says what all tasks may open through NAT; without it they may open every port, and without NAT none',
  check: (model, config) => {
    const { platform } = model
    const network = platform?.model.network ?? model.network
    const list = `network.egressPorts${platform === undefined ? '' : ' of the platform'}`
    return writtenTasks(config).flatMap(({ at, task: { reaches } }) =>
      reaches.flatMap(({ internet: port }, index): Finding[] => {
        const path = [...at, 'reaches', index, 'internet']
        if (port === undefined) return []
        if (network.kind === 'existing')
          return [
            {
              path,
              message: 'in an existing VPC, what is reached on the internet is written as addresses',
              remedy: `write { cidr: ADDRESSES, port: ${port} }`,
            },
          ]
        const { egress } = network
        if (egress.kind === 'endpoints')
          return [
            {
              path,
              message: 'tasks have no way to the internet',
              remedy: `remove the entry, or ${openEgress(model)}`,
            },
          ]
        if (egress.ports === 'all')
          return [
            {
              path,
              message: `tasks may open every port of the internet already, so ${port} would change nothing`,
              remedy: `remove the entry, or narrow the others down with ${list}: [443]`,
            },
          ]
        return egress.ports.includes(port)
          ? [
              {
                path,
                also: platform === undefined ? ['network', 'egressPorts'] : ['uses'],
                message: `all tasks may open ${port} already`,
                remedy: `remove the entry, or the port from ${list}`,
              },
            ]
          : []
      }),
    )
  },
}
