import { nearest } from '../../errors/nearest.ts'
import { show } from '../../errors/show.ts'
import type { Finding, Rule } from '../rule.ts'
import { givenValues } from './given-values.ts'

export const knownParameters: Rule = {
  id: 'PC501',
  title: 'Values are given to parameters that exist',
  why: 'CloudFormation refuses a deployment with a parameter that the template does not have',
  check: (model) => {
    const names = Object.keys(model.parameters)
    return givenValues(model)
      .filter(({ name }) => !Object.hasOwn(model.parameters, name))
      .map(({ name, path }): Finding => {
        const meant = nearest(name, names)
        return {
          path,
          at: 'key',
          message: `there is no parameter ${show(name)}`,
          remedy: meant === undefined ? `use one of ${names.join(', ')}` : `did you mean ${meant}?`,
        }
      })
  },
}
