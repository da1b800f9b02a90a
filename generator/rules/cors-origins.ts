import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Rule } from './rule.ts'

export const corsOrigins: Rule = {
  id: 'PC313',
  title: 'Origins are listed once, and * stands alone',
  why: 'beside * the other origins mean nothing',
  check: (_, { api }) => {
    const origins = api.cors?.origins ?? []
    return origins.flatMap((origin, index): Diagnostic[] => {
      const twice = origins.indexOf(origin) !== index
      if (!twice && (origin !== '*' || origins.length === 1)) return []
      return [
        {
          code: 'PC313',
          path: ['api', 'cors', 'origins', index],
          message: twice ? `the origin "${origin}" is written twice` : 'the origin * already stands for all others',
          why: corsOrigins.why,
          remedy: twice ? 'take one out' : 'take out * or the others',
        },
      ]
    })
  },
}
