import { arnParts } from '../../aws/arns.ts'
import { isGiven, labels, type Target, valueAt } from '../../model/delivery/targets.ts'
import { hostedZoneIdOf } from '../../model/domain/domain.ts'
import type { Model } from '../../model/model.ts'
import { type Parameter, writtenOf } from '../../model/parameters/parameter.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { secretsOfOneAccount } from './account-of-secrets.ts'

export const oneAccount: Rule = {
  id: 'PC504',
  title: 'Certificate, authorizer functions, secrets and hosted zone belong to the account that deploys',
  why: 'API, VPC link, load balancer and certificate must belong to one account, and permissions and records are written in it',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
  check: (model, config) => {
    const { targets } = model
    const wrong = (path: Path, message: string, remedy: string): Finding => ({
      path,
      message,
      remedy,
    })
    // Only an ARN says whose it is, unless it leaves that open.
    const owned = Object.values(model.parameters).filter(
      (parameter) => parameter.scope.includes('account') && /^arn:(?!.*\{account\})/.test(writtenOf(parameter) ?? ''),
    )
    const first = owned[0]
    const accountOf = (parameter: Parameter): string => arnParts(writtenOf(parameter) ?? '').account
    const isForeign = (target: Target, parameter: Parameter): boolean =>
      !isGiven(target, parameter) &&
      (target.anyAccount || (target.account !== undefined && target.account !== accountOf(parameter)))
    const apart =
      first === undefined
        ? []
        : owned.filter(
            (parameter) =>
              accountOf(parameter) !== accountOf(first) && !targets.some((target) => isForeign(target, parameter)),
          )
    const arns = owned.flatMap((parameter) => {
      const { name, from: path = [] } = parameter
      const foreign = targets.filter((target) => isForeign(target, parameter))
      const given = targets.filter(
        (target) =>
          isGiven(target, parameter) &&
          target.account !== undefined &&
          isForeignArn(valueAt(target, parameter) ?? '', target.account),
      )
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
            [...target.parametersAt, name],
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
        config,
        targets,
        first && { account: accountOf(first), name: (first.from ?? []).join('.') },
        wrong,
      ),
      ...zoneOfOneAccount(model, wrong),
    ]
  },
}

/** A name alone says nothing. */
const isForeignArn = (value: string, account: string): boolean =>
  value.startsWith('arn:') && arnParts(value).account !== account

/** A zone without a role lives in the deploying account, so two accounts cannot share it. */
const zoneOfOneAccount = (
  { domain, targets }: Model,
  wrong: (path: Path, message: string, remedy: string) => Finding,
): Finding[] => {
  const hostedZoneId = hostedZoneIdOf(domain)
  if (!hostedZoneId?.scope.includes('account')) return []
  const remedy =
    'add domain.zone.role (and deploy zone-role.yaml in the account of the zone), or give HostedZoneId a value per account'
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
