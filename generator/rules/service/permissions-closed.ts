import { type Judgement, judgeAction } from '../../aws/rights.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

const inWords = (judgement: Exclude<Judgement, { kind: 'harmless' }>, action: string): string => {
  if (judgement.kind === 'unknown') return 'nobody has judged it yet'
  return judgement.action.toLowerCase() === action.toLowerCase()
    ? `it ${judgement.how}`
    : `${judgement.action}, which it means too, ${judgement.how}`
}

export const permissionsClosed: Rule = {
  id: 'PC432',
  title: 'No permission opens a way in',
  why: 'somebody who takes over a task could change what keeps the load balancer and the tasks closed, so nothing would be proved any more',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, task: { permissions } }) =>
      permissions.flatMap(({ actions }, index) =>
        actions.flatMap((action, position): Finding[] => {
          const judgement = judgeAction(action)
          return judgement.kind === 'harmless'
            ? []
            : [
                {
                  path: [...at, 'permissions', index, 'actions', position],
                  message: `tasks may not be granted ${action}: ${inWords(judgement, action)}`,
                  remedy: action.endsWith('*')
                    ? 'name the actions that the application needs; reading, and writing data, is allowed'
                    : 'let something outside of the application do this, with a role of its own',
                },
              ]
        }),
      ),
    ),
}
