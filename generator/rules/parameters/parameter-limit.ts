import type { Finding, Rule } from '../rule.ts'

const LIMIT = 200

export const parameterLimit: Rule = {
  id: 'PC509',
  title: 'The template has at most 200 parameters',
  why: 'CloudFormation allows 200 parameters per template; every service adds five or six',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  check: (model): Finding[] => {
    const count = Object.keys(model.parameters).length
    return count <= LIMIT
      ? []
      : [
          {
            path: ['services'],
            at: 'key',
            message: `the template would have ${count} parameters`,
            remedy: 'split the services across several configs',
          },
        ]
  },
}
