import { arnParts } from '../../aws/arns.ts'
import { labels, type Target } from '../../model/delivery/targets.ts'
import type { Model } from '../../model/model.ts'
import type { Finding, Path } from '../rule.ts'

type Wrong = (path: Path, message: string, remedy: string) => Finding

/** Secrets are not parameters, so a secret of another account is right in that account only. */
export const secretsOfOneAccount = (
  model: Model,
  targets: readonly Target[],
  first: { readonly account: string; readonly name: string } | undefined,
  wrong: Wrong,
): Finding[] => {
  const secrets = model.services.flatMap(({ key, secrets }) =>
    secrets.map(({ name, valueFrom }) => ({
      path: ['services', key, 'secrets', name],
      account: arnParts(valueFrom).account,
    })),
  )
  const reference = first ?? (secrets[0] && { account: secrets[0].account, name: secrets[0].path.join('.') })
  return secrets.flatMap(({ path, account }) => {
    const foreign = targets.filter(
      (target) => target.anyAccount || (target.account !== undefined && target.account !== account),
    )
    if (foreign.length > 0)
      return [
        wrong(
          path,
          `the secret belongs to account ${account}, not to that of ${labels(foreign)}`,
          'copy it into that account, and keep one config per account, because secrets are not parameters',
        ),
      ]
    const isKnown = targets.some((target) => target.account !== undefined)
    return isKnown || reference === undefined || reference.account === account
      ? []
      : [
          wrong(
            path,
            `the secret belongs to account ${account}, but ${reference.name} to account ${reference.account}`,
            'use secrets of one account',
          ),
        ]
  })
}
