import { allowed, PICKED } from '../../aws/patterns.ts'
import { nearest } from '../../errors/nearest.ts'
import { show } from '../../errors/show.ts'
import { givenValues } from '../../model/delivery/targets.ts'
import type { Parameter, Picked } from '../../model/parameters/parameter.ts'
import type { Finding, Rule } from '../rule.ts'

const isPicked = (type: Parameter['type']): type is Picked => Object.hasOwn(PICKED, type)

const isAccepted = (parameter: Parameter, value: string): boolean => {
  const pattern = isPicked(parameter.type) ? allowed(PICKED[parameter.type]) : parameter.allowedPattern
  const items = parameter.type === 'CommaDelimitedList' ? value.split(',') : [value]
  if (parameter.allowedValues !== undefined && !parameter.allowedValues.includes(value)) return false
  if (pattern !== undefined && !items.every((item) => new RegExp(pattern).test(item))) return false
  if (parameter.maxLength !== undefined && value.length > parameter.maxLength) return false
  if (parameter.type !== 'Number') return true
  return (
    /^[0-9]{1,15}$/.test(value) &&
    Number(value) >= (parameter.minValue ?? 0) &&
    Number(value) <= (parameter.maxValue ?? Number.MAX_SAFE_INTEGER)
  )
}

export const parameterValues: Rule = {
  id: 'PC502',
  title: 'Every value is accepted by its parameter',
  why: 'CloudFormation would refuse the deployment',
  check: ({ parameters, targets, delivery }) => {
    // The schema has judged all others.
    const defaults = Object.values(parameters).flatMap(
      ({ name, default: value = '', from: path, maxLength = 0, varies }) =>
        varies && path !== undefined && value.length > maxLength ? [{ name, value, path }] : [],
    )
    return [...defaults, ...givenValues(targets, delivery.stackSet)].flatMap(({ name, value, path }): Finding[] => {
      const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
      if (parameter === undefined || isAccepted(parameter, value)) return []
      const meant =
        parameter.allowedValues === undefined || parameter.type === 'Number'
          ? undefined
          : nearest(value, parameter.allowedValues)
      return [
        {
          path,
          message: `the parameter ${name} does not accept ${value.length > (parameter.maxLength ?? value.length) ? `${value.length} characters` : show(value)}`,
          remedy: value.includes('{account}')
            ? 'say which account it is: give the environment its account, or write the account here'
            : `the value ${parameter.constraintDescription}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
        },
      ]
    })
  },
}
