import { arnParts } from '../../aws/arns.ts'
import { isGiven, labels, placeOf, type Target, valueAt } from '../../model/delivery/targets.ts'
import { hostedZoneIdOf } from '../../model/domain/domain.ts'
import type { Model } from '../../model/model.ts'
import { type Parameter, writtenOf } from '../../model/parameters/parameter.ts'
import { hasPlaceholder } from '../../model/placeholders.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { secretsOfOneAccount } from './account-of-secrets.ts'
import { fixedSecrets } from './fixed-secrets.ts'

export const oneAccount: Rule = {
  id: 'PC504',
  title:
    'Certificate, authorizer functions, secrets, permissions boundary and hosted zone belong to the account that deploys',
  why: 'API, VPC link, load balancer and certificate must belong to one account, and permissions and records are written in it',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
  check: (model, config) => {
    const { targets } = model
    const wrong = (path: Path, message: string, remedy: string): Finding => ({
      path,
      message,
      remedy,
    })
    const scoped = Object.values(model.parameters).filter(({ scope }) => scope.includes('account'))
    const accountOf = (parameter: Parameter): string | undefined => ownerOf(writtenOf(parameter))
    const owned = scoped.filter((parameter) => accountOf(parameter) !== undefined)
    const first = owned[0]
    const isForeign = (target: Target, parameter: Parameter): boolean =>
      !isGiven(target, parameter) &&
      accountOf(parameter) !== undefined &&
      (target.anyAccount || (target.account !== undefined && target.account !== accountOf(parameter)))
    const apart =
      first === undefined
        ? []
        : owned.filter(
            (parameter) =>
              accountOf(parameter) !== accountOf(first) && !targets.some((target) => isForeign(target, parameter)),
          )
    const arns = scoped.flatMap((parameter) => {
      const { name, from: path = [] } = parameter
      const foreign = targets.filter((target) => isForeign(target, parameter))
      const given = targets.filter((target) => {
        const owner = isGiven(target, parameter) ? ownerOf(valueAt(target, parameter)) : undefined
        return owner !== undefined && target.account !== undefined && owner !== target.account
      })
      return [
        ...(foreign.length === 0
          ? []
          : [
              wrong(
                path,
                `the ARN belongs to account ${accountOf(parameter)}, not to that of ${labels(foreign)}`,
                `give the parameter ${name} a value of that account there`,
              ),
            ]),
        ...given.map((target) =>
          wrong(
            placeOf(target, parameter),
            `the ARN does not belong to account ${target.account}`,
            `give an ARN of account ${target.account}`,
          ),
        ),
      ]
    })
    return [
      ...apart.map((parameter) =>
        wrong(
          parameter.from ?? [],
          `the ARN belongs to account ${accountOf(parameter)}, but ${first?.from?.join('.')} to account ${first && accountOf(first)}`,
          'use ARNs of one account',
        ),
      ),
      ...arns,
      ...secretsOfOneAccount(
        fixedSecrets(config, model),
        targets,
        first && { account: accountOf(first) ?? '', name: (first.from ?? []).join('.') },
        wrong,
      ),
      ...zoneOfOneAccount(model, wrong),
    ]
  },
}

/** Only an ARN says whose it is, and what AWS manages is there for every account. */
const ownerOf = (value = ''): string | undefined => {
  const { account } = arnParts(value)
  return value.startsWith('arn:') && !hasPlaceholder(account) && account !== 'aws' ? account : undefined
}

/** A zone without a role lives in the deploying account, so two accounts cannot share it. */
const zoneOfOneAccount = (
  { domain, targets }: Model,
  wrong: (path: Path, message: string, remedy: string) => Finding,
): Finding[] => {
  const hostedZoneId = hostedZoneIdOf(domain)
  if (!hostedZoneId?.scope.includes('account')) return []
  const remedy =
    'add domain.zone.role (and deploy zone-role.yaml in the account of the zone), or give the parameter HostedZoneId a value for each account, in environments.<name>.parameters or delivery.stackSet.overrides'
  const owners = new Map<string, string>()
  return targets.flatMap((target): Finding[] => {
    const zone = valueAt(target, hostedZoneId)
    if (zone === undefined) return []
    if (target.anyAccount)
      return [
        wrong(
          ['domain', 'zone'],
          `the zone ${zone} belongs to one account, but ${target.label} may be in any account`,
          'add domain.zone.role and domain.zone.organization',
        ),
      ]
    if (target.account === undefined) return []
    const owner = owners.get(zone) ?? target.account
    owners.set(zone, owner)
    return owner === target.account
      ? []
      : [
          wrong(
            target.at,
            `the zone ${zone} cannot belong to account ${target.account} (${target.label}) and to account ${owner}`,
            remedy,
          ),
        ]
  })
}
