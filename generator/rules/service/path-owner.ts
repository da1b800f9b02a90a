import { pathsOf } from '../../model/api/routes.ts'
import { type WrittenService, writtenServices } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

type Owner = Pick<WrittenService, 'hosts'> & { readonly key: string; readonly at: Path }

/** Whether a request may be for both. */
const meet = (one: Owner, other: Owner): boolean =>
  one.hosts === undefined || other.hosts === undefined || one.hosts.some((host) => other.hosts?.includes(host))

export const pathOwner: Rule = {
  id: 'PC403',
  title: 'A path belongs to one service, or to several of different hosts',
  why: 'of two listener rules for the same requests, only one would ever match',
  check: (_, config) => {
    const owners = new Map<string, Owner[]>()
    return writtenServices(config.services).flatMap(([key, service]) =>
      // Without hosts, several services without paths have a rule of their own.
      (service.hosts === undefined ? (service.paths ?? []) : pathsOf(service)).flatMap((path, index): Finding[] => {
        const at = service.paths === undefined ? ['services', key, 'hosts'] : ['services', key, 'paths', index]
        const owner: Owner = { key, at, ...(service.hosts === undefined ? {} : { hosts: service.hosts }) }
        const others = owners.get(path) ?? []
        const other = others.find((each) => each.key === key || meet(each, owner))
        if (other === undefined) {
          owners.set(path, [...others, owner])
          return []
        }
        return [
          {
            path: at,
            also: other.at,
            message:
              other.key === key
                ? `the path "${path}" is written twice`
                : `the path "${path}" also belongs to the service "${other.key}"`,
            remedy:
              other.key === key
                ? 'keep it in one place'
                : 'keep it in one place, or give both services different hosts',
          },
        ]
      }),
    )
  },
}
