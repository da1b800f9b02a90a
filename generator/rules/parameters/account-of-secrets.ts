import { arnParts } from '../../aws/arns.ts'
import { labels, type Target } from '../../model/delivery/targets.ts'
import { hasPlaceholder } from '../../model/placeholders.ts'
import type { Finding, Path } from '../rule.ts'
import type { fixedSecrets } from './fixed-secrets.ts'

type Wrong = (path: Path, message: string, remedy: string) => Finding

/** An ARN that names an account is right in that account only; names and placeholders follow the deployment. */
export const secretsOfOneAccount = (
  secrets: ReturnType<typeof fixedSecrets>,
  targets: readonly Target[],
  first: { readonly account: string; readonly name: string } | undefined,
  wrong: Wrong,
): Finding[] => {
  const owned = secrets
    .filter(({ by, text }) => by === 'arn' && !hasPlaceholder(arnParts(text).account))
    .map(({ path, text }) => ({ path, account: arnParts(text).account }))
  const reference = first ?? (owned[0] && { account: owned[0].account, name: owned[0].path.join('.') })
  return owned.flatMap(({ path, account }) => {
    const foreign = targets.filter(
      (target) => target.anyAccount || (target.account !== undefined && target.account !== account),
    )
    if (foreign.length > 0)
      return [
        wrong(
          path,
          `the secret belongs to account ${account}, not to that of ${labels(foreign)}`,
          'copy it into that account, and write {account} in its ARN',
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
