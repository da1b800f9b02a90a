import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const endpointsNeeded: Rule = {
  id: 'PC463',
  title: 'Endpoints are named where tasks reach AWS through endpoints',
  why: 'where routes lead to AWS, no VPC endpoints are made or asked for, so the key would change nothing',
  check: (model, config) =>
    model.network.egress.internet
      ? [
          ...(config.network.endpoints.length > 0 ? [{ at: ['network'] }] : []),
          ...writtenTasks(config).filter(({ task }) => task.endpoints.length > 0),
        ].map(
          ({ at }): Finding => ({
            path: [...at, 'endpoints'],
            at: 'key',
            message: 'tasks reach AWS services without endpoints',
            remedy: `remove the key, or set network.egress${model.platform === undefined ? '' : ' of the platform'} to endpoints (in an existing VPC, name the group of its endpoints)`,
          }),
        )
      : [],
}
