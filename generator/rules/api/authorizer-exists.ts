import { nearest } from '../../errors/nearest.ts'
import { alternatives, show } from '../../errors/show.ts'
import type { Finding, Rule } from '../rule.ts'

export const authorizerExists: Rule = {
  id: 'PC306',
  title: 'Routes name authorizers that exist',
  why: 'nothing would authorize the requests of the route',
  check: (_, { api }) => {
    const names = Object.keys(api.auth)
    const used = [
      ...(api.defaultAuth === undefined || api.defaultAuth === 'none'
        ? []
        : [
            { name: api.defaultAuth, path: ['api', 'defaultAuth'] as (string | number)[], possible: [...names, 'iam'] },
          ]),
      ...(api.routes ?? []).flatMap(({ auth }, index) =>
        auth === undefined
          ? []
          : [{ name: auth, path: ['api', 'routes', index, 'auth'], possible: [...names, 'iam', 'none'] }],
      ),
    ]
    return used
      .filter(({ name, possible }) => !possible.includes(name))
      .map(({ name, path, possible }): Finding => {
        const meant = nearest(name, possible)
        return {
          path,
          message: `there is no authorizer ${show(name)}`,
          remedy: `${meant === undefined ? '' : `did you mean ${meant}? `}write ${alternatives(possible)}, or add it to api.auth`,
        }
      })
  },
}
