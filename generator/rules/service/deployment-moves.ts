import { isGiven, placeOf, valueAt } from '../../model/delivery/targets.ts'
import { running } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

/** ECS rounds the tasks that must stay up, and those that may run down. */
const stuck = (tasks: number, minimum: number, maximum: number): boolean =>
  tasks > 0 && Math.floor((tasks * maximum) / 100) <= tasks && Math.ceil((tasks * minimum) / 100) >= tasks

export const deploymentMoves: Rule = {
  id: 'PC423',
  title: 'A deployment may start or stop at least one task',
  why: 'otherwise the deployment of a new task definition never begins',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html',
  check: (model) =>
    running(model).flatMap(({ key, deployment, parameters: { minTasks } }) => {
      const { minimumHealthyPercent, maximumPercent } = deployment
      // More tasks than the least leave more room.
      const wrong = (path: Path, tasks: number): Finding[] =>
        Number.isNaN(tasks) || !stuck(tasks, minimumHealthyPercent, maximumPercent)
          ? []
          : [
              {
                path,
                message: `with ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, ${minimumHealthyPercent} % at least and ${maximumPercent} % at most leave no room for a deployment`,
                remedy: `raise maximumPercent so that one more task may run, or lower minimumHealthyPercent so that one may stop`,
              },
            ]
      return [
        ...wrong(['services', key, 'deployment'], Number(minTasks.default)),
        ...model.targets
          .filter((target) => isGiven(target, minTasks))
          .flatMap((target) => wrong(placeOf(target, minTasks), Number(valueAt(target, minTasks)))),
      ]
    }),
}
