/** Which services of the config call which. */
import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries, unique } from '../names.ts'

type Services = Config['services']

/** A service, as those that call it see it. */
export type Callee = { readonly key: string; readonly id: string; readonly port: number }

export type Calls = {
  /** Services of the config that it calls, by name. */
  readonly callees: readonly Callee[]
  /** Keys of those that call it. */
  readonly callers: readonly string[]
}

/** The names that a service calls, as written: there may be no service for one of them. */
export const namesCalled = (services: Services, key: string): string[] =>
  unique((services[key]?.reaches ?? []).flatMap(({ service }) => service ?? []))

const calleesOf = (services: Services, key: string): Callee[] =>
  namesCalled(services, key).flatMap((name) => {
    const port = Object.hasOwn(services, name) ? services[name]?.port : undefined
    return port === undefined ? [] : [{ key: name, id: pascalCase(name), port }]
  })

const callersOf = (services: Services, key: string): string[] =>
  sortedEntries(services)
    .map(([caller]) => caller)
    .filter((caller) => namesCalled(services, caller).includes(key))

export const callsOf = (services: Services, key: string): Calls => ({
  callees: calleesOf(services, key),
  callers: callersOf(services, key),
})

type Calling = { readonly key: string; readonly callees: readonly Callee[] }

/** Each after those that it calls; otherwise as they were. In a circle, which a rule refuses, somebody comes first. */
export function calleesFirst<Each extends Calling>(services: readonly Each[]): Each[] {
  const ordered = new Set<Each>()
  const place = (service: Each, above: ReadonlySet<Each>): void => {
    if (ordered.has(service) || above.has(service)) return
    for (const { key } of service.callees)
      for (const callee of services.filter((each) => each.key === key)) place(callee, new Set([...above, service]))
    ordered.add(service)
  }
  for (const service of services) place(service, new Set())
  return [...ordered]
}
