import { arnParts } from '../../model/arns.ts'
import { defaultOf, isOverridden, labels, type Target, targetsOf, valueAt } from '../../model/targets.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { regionalParameters } from './regional-parameters.ts'

export const oneAccount: Rule = {
  id: 'PC504',
  title: 'Certificate, authorizer functions and hosted zone belong to the account that deploys',
  why: 'API, VPC link, load balancer and certificate must belong to one account, and permissions and records are written in it',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
  check: (model, config) => {
    const targets = targetsOf(model)
    const wrong = (path: Path, message: string, remedy: string): Finding => ({
      path,
      message,
      remedy,
    })
    const owned = regionalParameters(config).filter(({ image }) => !image)
    const first = owned[0]
    const accountOf = (name: string): string => arnParts(defaultOf(model, name) ?? '').account
    const isForeign = (target: Target, name: string): boolean =>
      !isOverridden(target, name) &&
      (target.anyAccount || (target.account !== undefined && target.account !== accountOf(name)))
    const apart =
      first === undefined
        ? []
        : owned.filter(
            ({ name }) =>
              accountOf(name) !== accountOf(first.name) && !targets.some((target) => isForeign(target, name)),
          )
    const arns = owned.flatMap(({ name, path }) => {
      const foreign = targets.filter((target) => isForeign(target, name))
      const given = targets.filter(
        (target) =>
          isOverridden(target, name) &&
          target.account !== undefined &&
          arnParts(valueAt(model, target, name) ?? '').account !== target.account,
      )
      return [
        ...(foreign.length === 0
          ? []
          : [
              wrong(
                path,
                `the ARN belongs to account ${accountOf(name)}, not to that of ${labels(foreign)}`,
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
      ...apart.map(({ name, path }) =>
        wrong(
          path,
          `the ARN belongs to account ${accountOf(name)}, but ${first?.path.join('.')} to account ${accountOf(first?.name ?? '')}`,
          'use ARNs of one account',
        ),
      ),
      ...arns,
      ...zoneOfOneAccount(model, wrong),
    ]
  },
}

/** A zone without a role lives in the deploying account, so two accounts cannot share it. */
const zoneOfOneAccount = (
  model: Parameters<Rule['check']>[0],
  wrong: (path: Path, message: string, remedy: string) => Finding,
): Finding[] => {
  if (model.parameters['HostedZoneId']?.type !== 'AWS::Route53::HostedZone::Id') return []
  const remedy =
    'add domain.zone.role (and deploy zone-role.yaml in the account of the zone), or give HostedZoneId a value per account'
  const owners = new Map<string, string>()
  return targetsOf(model).flatMap((target): Finding[] => {
    const zone = valueAt(model, target, 'HostedZoneId')
    if (zone === undefined) return []
    if (target.anyAccount)
      return [
        wrong(
          ['domain', 'zone'],
          `the zone ${zone} belongs to one account, but ${target.label} may be any`,
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
