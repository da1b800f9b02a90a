import { nearest } from '../../errors/nearest.ts'
import { show } from '../../errors/show.ts'
import { givenValues } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

export const knownParameters: Rule = {
  id: 'PC501',
  title: 'Every value is for a parameter that exists',
  why: 'CloudFormation refuses a deployment with a parameter that the template does not have',
  check: (model) => {
    const names = Object.keys(model.parameters)
    return givenValues(model.targets, model.delivery.stackSet)
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
