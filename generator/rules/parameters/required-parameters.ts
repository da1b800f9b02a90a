import { environments, valueAt } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

export const requiredParameters: Rule = {
  id: 'PC510',
  title: 'Parameters without a default have a value in every environment',
  why: 'CloudFormation refuses a deployment without it',
  // The stack set asks for them with parameters of its own.
  check: (model) => {
    const required = Object.values(model.parameters).filter((parameter) => parameter.default === undefined)
    return environments(model.targets).flatMap((target) =>
      required
        .filter((parameter) => valueAt(target, parameter) === undefined)
        .map(({ name, from }): Finding => {
          const give = `give ${name} a value under ${target.parametersAt.join('.')}`
          return {
            path: target.at,
            at: 'key',
            message: `${target.label} has no value for ${name}`,
            remedy: from === undefined ? give : `set ${from.join('.')}, or ${give}`,
          }
        }),
    )
  },
}
