import type { Finding, Rule } from '../rule.ts'

export const corsOrigins: Rule = {
  id: 'PC313',
  title: 'Each origin is listed once, and * is listed alone',
  why: 'next to *, other origins have no effect',
  check: (_, { api }) => {
    const origins = api.cors?.origins ?? []
    return origins.flatMap((origin, index): Finding[] => {
      const twice = origins.indexOf(origin) !== index
      if (!twice && (origin !== '*' || origins.length === 1)) return []
      return [
        {
          path: ['api', 'cors', 'origins', index],
          message: twice ? `the origin "${origin}" is written twice` : 'the origin * already covers all others',
          remedy: twice ? 'remove one' : 'remove * or the others',
        },
      ]
    })
  },
}
