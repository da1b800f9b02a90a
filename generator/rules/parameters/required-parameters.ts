import { environmentTargets, valueAt } from '../../model/targets.ts'
import type { Finding, Rule } from '../rule.ts'

export const requiredParameters: Rule = {
  id: 'PC510',
  title: 'Parameters without a default have a value in every environment',
  why: 'CloudFormation refuses a deployment without it',
  // The stack set asks for them with parameters of its own.
  check: (model) => {
    const names = Object.keys(model.parameters).filter((name) => model.parameters[name]?.default === undefined)
    return environmentTargets(model).flatMap((target) =>
      names
        .filter((name) => valueAt(model, target, name) === undefined)
        .map(
          (name): Finding => ({
            path: target.at,
            at: 'key',
            message: `${target.label} gives no value to ${name}`,
            remedy:
              name === 'HostedZoneId'
                ? `set domain.zone.id, or give ${name} a value under ${target.parametersAt.join('.')}`
                : `give ${name} a value under ${target.parametersAt.join('.')}`,
          }),
        ),
    )
  },
}
