import { VPC_LINK_ZONE_IDS } from '../../aws/vpc-link-zones.ts'
import { isGiven, valueAt } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

const LONGEST_REGION = Object.keys(VPC_LINK_ZONE_IDS).reduce((longest, region) =>
  region.length > longest.length ? region : longest,
)

const filled = (name: string, region = LONGEST_REGION): string =>
  name.replaceAll('{account}', '111111111111').replaceAll('{region}', region)

const problemOf = (name: string, limit: number): string | undefined => {
  if (name.length > limit) return `has ${name.length} characters; at most ${limit} are allowed`
  const label = name.split('.').find((part) => part.length > 63)
  return label === undefined ? undefined : `has a part of ${label.length} characters; at most 63 are allowed`
}

export const certificateNameLength: Rule = {
  id: 'PC301',
  title: 'Names fit on a certificate, with account and region filled in',
  why: 'the first name of a certificate (its common name) has at most 64 characters, every name at most 253 and every part between dots at most 63',
  docs: 'https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html',
  check: (model) => {
    const first = model.domain.certificate.kind === 'existing' ? 253 : 64
    const names = [
      { path: ['domain', 'name'], name: filled(model.domain.name), limit: first },
      ...model.domain.alternativeNames.map((name) => ({
        path: ['domain', 'alternativeNames'],
        name: filled(name),
        limit: 253,
      })),
      ...model.targets
        .filter((target) => isGiven(target, model.domain.domainName))
        .map((target) => ({
          path: [...target.parametersAt, model.domain.domainName.name],
          name: filled(valueAt(target, model.domain.domainName) ?? '', target.region),
          limit: first,
        })),
    ]
    return names.flatMap(({ path, name, limit }): Finding[] => {
      const problem = problemOf(name, limit)
      return problem === undefined
        ? []
        : [
            {
              path,
              message: `"${name}" ${problem}`,
              remedy: 'choose a shorter name',
            },
          ]
    })
  },
}
