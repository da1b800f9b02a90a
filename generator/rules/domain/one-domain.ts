import type { Config } from '../../config/schema/index.ts'
import { type Target, valueAt } from '../../model/delivery/targets.ts'
import { alternativesOf } from '../../model/domain/alternatives.ts'
import type { Model } from '../../model/model.ts'
import type { Finding, Rule } from '../rule.ts'

/** The name that a target gets; accounts that nobody knows are taken to differ. */
const nameAt = (name: string, target: Target, index: number): string =>
  name.replaceAll('{region}', target.region).replaceAll('{account}', target.account ?? `account-${index}`)

export const oneDomain: Rule = {
  id: 'PC505',
  title: 'Every environment and target has a domain name of its own',
  why: 'the name of a published API is unique in a region across all accounts, its DNS record can point to one region only, and a base path leads to one API',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html',
  check: (model, config) => (model.domain.publish ? [...mainNames(model), ...furtherNames(model, config)] : []),
}

const mainNames = (model: Model): Finding[] => {
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
}

/** They are written in the config alone, so each must differ by its placeholders. */
const furtherNames = ({ domain, targets }: Model, config: Config): Finding[] =>
  alternativesOf(config.domain)
    .filter(({ publish }) => publish)
    .flatMap(({ name: written, at }): Finding[] => {
      const first = new Map<string, Target>()
      for (const [index, target] of targets.entries()) {
        const name = nameAt(written, target, index)
        const isMain = (valueAt(target, domain.domainName) ?? '') === name
        const other = first.get(name)
        if (!isMain && other === undefined && !(target.anyAccount && !written.includes('{account}'))) {
          first.set(name, target)
          continue
        }
        return [
          {
            path: at,
            message: isMain
              ? `"${name}" is the name of the domain in ${target.label}`
              : `${target.label} has the name "${name}"${other === undefined ? ' in all accounts' : ` of ${other.label}`}`,
            remedy: isMain
              ? 'remove it'
              : `write ${other !== undefined && other.region !== target.region ? '{region}' : '{account}'} in it, or make an application of its own for what answers to it`,
          },
        ]
      }
      return []
    })
