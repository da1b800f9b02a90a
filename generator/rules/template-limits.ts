import type { Diagnostic } from '../errors/diagnostic.ts'
import type { LimitError } from '../errors/limit-error.ts'

const docs = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html'

/** What is known about templates only once they are made: how many resources they have, and how large they are. */
export const templateLimits = ({ path, broken }: LimitError): Diagnostic => ({
  code: 'PC513',
  path: /stack-set|zone-role/.test(path) ? ['delivery'] : ['services'],
  at: 'key',
  message: `${path} would have ${broken.join('; ')}`,
  why: `CloudFormation takes no larger template: ${docs}`,
  remedy:
    'split the services over several configs, each an application of its own; fewer paths, routes, variables and secrets make it smaller too',
})
