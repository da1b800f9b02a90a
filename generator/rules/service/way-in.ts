import type { Rule } from '../rule.ts'

export const wayIn: Rule = {
  id: 'PC441',
  title: 'At least one service has a port',
  why: 'an API without anything behind it answers nothing',
  check: ({ services }) =>
    services.length > 0
      ? []
      : [
          {
            path: ['services'],
            at: 'key',
            message: 'no service has a port, so the API reaches none of them',
            remedy: 'add port to the service that answers requests, such as port: 8080',
          },
        ],
}
