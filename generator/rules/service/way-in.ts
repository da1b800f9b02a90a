import { fronted } from '../../model/tasks.ts'
import type { Rule } from '../rule.ts'

export const wayIn: Rule = {
  id: 'PC441',
  title: 'At least one service has a port and is not private',
  why: 'an API without anything behind it answers nothing',
  check: (model, { services, share }) =>
    // One without a port is a mistake of its own.
    share || fronted(model).length > 0 || Object.values(services).some(({ external }) => external !== undefined)
      ? []
      : [
          {
            path: ['services'],
            at: 'key',
            ...(Object.keys(services).length === 0
              ? {
                  message: 'there are no services',
                  remedy: 'write at least one with its image and its port, or share: true for others to use the rest',
                }
              : {
                  message: 'no service is behind the API: each has no port or is private',
                  remedy:
                    'add port to the service that answers requests, such as port: 8080, or remove private from it',
                }),
          },
        ],
}
