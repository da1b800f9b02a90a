import type { Finding, Rule } from '../rule.ts'

export const corsOrigins: Rule = {
  id: 'PC313',
  title: 'Origins are listed once, and * stands alone',
  why: 'beside * the other origins mean nothing',
  check: (_, { api }) => {
    const origins = api.cors?.origins ?? []
    return origins.flatMap((origin, index): Finding[] => {
      const twice = origins.indexOf(origin) !== index
      if (!twice && (origin !== '*' || origins.length === 1)) return []
      return [
        {
          path: ['api', 'cors', 'origins', index],
          message: twice ? `the origin "${origin}" is written twice` : 'the origin * already stands for all others',
          remedy: twice ? 'take one out' : 'take out * or the others',
        },
      ]
    })
  },
}
