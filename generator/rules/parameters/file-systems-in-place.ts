import { labels } from '../../model/delivery/targets.ts'
import { sortedEntries } from '../../model/names.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const fileSystemsInPlace: Rule = {
  id: 'PC429',
  title: 'Where a volume has a file system that exists, everything is deployed to one account and region',
  why: 'a file system is in one account and region, and its id is no parameter',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html',
  check: ({ targets: [first, ...others] }, config) => {
    const elsewhere = others.filter(
      ({ region, account, anyAccount }) =>
        region !== first?.region ||
        anyAccount ||
        (account !== undefined && first.account !== undefined && account !== first.account),
    )
    if (first === undefined || (elsewhere.length === 0 && !first.anyAccount)) return []
    return writtenTasks(config).flatMap(({ at, task: { volumes } }) =>
      sortedEntries(volumes)
        .filter(([, { efs }]) => efs !== 'new')
        .map(
          ([name]): Finding => ({
            path: [...at, 'volumes', name, 'efs'],
            message: `one file system cannot serve ${labels([first, ...elsewhere])}`,
            remedy: 'keep one config for each account and region, or write new',
          }),
        ),
    )
  },
}
