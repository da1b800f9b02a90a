import { endpointsFor } from '../../aws/endpoints.ts'
import { judgeAction } from '../../aws/rights.ts'
import { writtenTasks } from '../../model/task/written.ts'
import { openEgress } from '../open-egress.ts'
import type { Finding, Rule } from '../rule.ts'

export const endpointsKnown: Rule = {
  id: 'PC204',
  title: 'With egress through endpoints only, every service of AWS that tasks call has an endpoint',
  why: 'without an internet route, tasks reach AWS services through VPC endpoints only',
  docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html',
  check: (model, config) =>
    model.network.egress.internet
      ? []
      : writtenTasks(config).flatMap(({ at, task: { permissions } }) =>
          permissions.flatMap(({ actions }, index) =>
            actions
              .map((action, position) => ({ action, path: [...at, 'permissions', index, 'actions', position] }))
              // One mistake, one error.
              .filter(({ action }) => judgeAction(action).kind === 'harmless' && endpointsFor(action) === undefined)
              .map(
                ({ action, path }): Finding => ({
                  path,
                  message: `no endpoint is known for ${action.split(':')[0]}, so tasks cannot call ${action}`,
                  remedy: `remove the action, or ${openEgress(model)}`,
                }),
              ),
          ),
        ),
}
