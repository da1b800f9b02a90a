import type { Target } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

const QUOTA = 10

export const linkQuota: Rule = {
  id: 'PC334',
  severity: 'warning',
  title: 'An account has ten VPC links in a region',
  why: 'each deployment makes a VPC link of its own, and the eleventh fails unless the quota has been raised',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  check: ({ api, targets }) =>
    api.link.kind === 'existing'
      ? []
      : [...byPlace(targets)].flatMap(([place, there]): Finding[] => {
          const [last] = there.slice(-1)
          return last === undefined || there.length <= QUOTA
            ? []
            : [
                {
                  path: last.at,
                  at: 'key',
                  message: `${there.length} deployments in ${place} need ${there.length} VPC links`,
                  remedy:
                    'let several applications or environments use one platform, take a link that exists with api.vpcLink, or have the quota raised',
                },
              ]
        }),
}

/** Those that name no account are taken for one. */
function byPlace(targets: readonly Target[]): ReadonlyMap<string, readonly Target[]> {
  const places = new Map<string, Target[]>()
  for (const target of targets) {
    const place = target.account === undefined ? target.region : `${target.region} of account ${target.account}`
    const there = places.get(place)
    if (there) there.push(target)
    else places.set(place, [target])
  }
  return places
}
