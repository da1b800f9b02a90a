import { endpointsFor } from '../../aws/endpoints.ts'
import { unique } from '../names.ts'
import type { Placeholders } from '../placeholders.ts'

/** What the application may do, on which resources. */
export type Permission = { readonly actions: readonly string[]; readonly resources: readonly Placeholders[] }

export const permissionsOf = (permissions: readonly Permission[]): Permission[] =>
  permissions.map(({ actions, resources }) => ({ actions: unique(actions), resources: unique(resources) }))

/** Endpoints that they need, by their short names. */
export const callsOf = (permissions: readonly Permission[]): string[] =>
  unique(permissions.flatMap(({ actions }) => actions.flatMap((action) => endpointsFor(action) ?? [])))

/** What is granted of one service. */
export const ofService = (permissions: readonly Permission[], service: string): Permission[] =>
  permissions.flatMap(({ actions, resources }) => {
    const own = {
      actions: actions.filter((action) => action.startsWith(`${service}:`)),
      resources: resources.filter((each) => each === '*' || each.split(':')[2] === service),
    }
    return own.actions.length > 0 && own.resources.length > 0 ? [own] : []
  })
