import { judgePolicy, policyNames } from '../../aws/policies.ts'
import { nearest } from '../../errors/nearest.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const policiesClosed: Rule = {
  id: 'PC461',
  title: 'No managed policy of AWS opens a way in, and there is one of that name',
  why: 'somebody who takes over a task could change what keeps the load balancer and the tasks closed, so nothing would be proved any more',
  docs: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html',
  check: (_, config) =>
    writtenTasks(config).flatMap(({ at, task: { policies } }) =>
      policies.flatMap((arn, index) => {
        const [, name] = /::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
        return name === undefined ? [] : ofAws(name, [...at, 'policies', index])
      }),
    ),
}

const INSTEAD = 'write what the application needs in permissions'

const ofAws = (name: string, path: Path): Finding[] => {
  const judgement = judgePolicy(name)
  switch (judgement?.kind) {
    case 'harmless':
      return []
    case 'opens':
      return [
        {
          path,
          message: `tasks may not have ${name}: ${judgement.action}, which it grants, ${judgement.how}`,
          remedy: INSTEAD,
        },
      ]
    case 'unknown':
      return [{ path, message: `${name} grants actions that nobody has judged yet`, remedy: INSTEAD }]
    case undefined: {
      const meant = nearest(name, policyNames())
      return [
        {
          path,
          message: `AWS has no managed policy ${name} that is known here`,
          remedy: meant === undefined ? INSTEAD : `did you mean ${meant}? Or ${INSTEAD}`,
        },
      ]
    }
  }
}
