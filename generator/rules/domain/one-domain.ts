import { type Target, valueAt } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

/** The name that a target gets; accounts that nobody knows are taken to differ. */
const nameAt = (name: string, target: Target, index: number): string =>
  name.replaceAll('{region}', target.region).replaceAll('{account}', target.account ?? `account-${index}`)

export const oneDomain: Rule = {
  id: 'PC505',
  title: 'Every environment and target has a domain name of its own',
  why: 'the name of a published API is unique in a region across all accounts, its DNS record can point to one region only, and a base path leads to one API',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html',
  check: (model) => {
    if (!model.domain.publish) return []
    const first = new Map<string, Target>()
    return model.targets.flatMap((target, index): Finding[] => {
      const written = valueAt(target, model.domain.domainName) ?? ''
      const wrong = (message: string, remedy: string, other?: Target): Finding[] => [
        {
          path: target.at,
          at: 'key',
          ...(other === undefined ? {} : { also: other.at }),
          message,
          remedy,
        },
      ]
      if (target.anyAccount && !written.includes('{account}'))
        return wrong(
          `all accounts of ${target.label} would have the name "${written}"`,
          `write {account} in domain.name, such as {account}.${model.domain.zone?.name ?? 'example.com'}`,
        )
      // The record of a domain that is made elsewhere is its owner's.
      const name = `${nameAt(written, target, index)}${model.domain.existing ? ` in ${target.region}` : ''}`
      const other = first.get(name)
      if (other === undefined) {
        first.set(name, target)
        return []
      }
      const placeholder = other.region === target.region ? '{account}' : '{region}'
      return wrong(
        `${target.label} has the name "${written}" of ${other.label}`,
        `give the parameter ${model.domain.domainName.name} another value under ${target.parametersAt.join('.')}${other.region === target.region && other.account === target.account ? '' : `, or write ${placeholder} in domain.name`}`,
        other,
      )
    })
  },
}
