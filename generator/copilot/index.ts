/** A `copilot` folder -> one config, and what became of every key. */
import { UNKNOWN_CALLERS } from '../config/placeholders.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { addons } from './addons/index.ts'
import { apart } from './apart.ts'
import { assemble, withoutConflicts } from './assemble.ts'
import { beside, isAddon } from './beside.ts'
import { withCallers } from './callers.ts'
import { withDomain } from './domain.ts'
import { withEgress } from './egress.ts'
import { environment as environmentItems } from './environment/index.ts'
import { differences, ownVpc } from './environments.ts'
import { apartByName } from './groups.ts'
import { carried, type Item, implied, lost } from './item.ts'
import { withCommon } from './lifted.ts'
import { merge, withoutEnvironments } from './merge.ts'
import { environmentKey, keyOf, keysOf } from './names.ts'
import { onlyRegion, UNKNOWN_REGION } from './region.ts'
import { report } from './report.ts'
import { settle } from './settle.ts'
import { type At, isMap, look, type Path } from './value.ts'
import type { Context, Kind } from './workload/context.ts'
import { isKind, workload } from './workload/index.ts'
import { type Files, type Manifest, type Workspace, workspace } from './workspace.ts'
import { write } from './write.ts'

export type { Files }

export type Converted = {
  /** Nothing when there is no manifest that could be read. */
  readonly config?: string
  readonly report: string
  readonly items: readonly Item[]
  /** Manifests that are not YAML. */
  readonly problems: readonly LocatedDiagnostic[]
}

const root: At = { file: '', line: 1, path: [] }

type Known = Manifest & { readonly kind: Kind; readonly path: Path }

/** What Portcullis runs, each with its place in the config. */
const known = (workloads: readonly Manifest[]): readonly Known[] => {
  const keys = keysOf(workloads.map(({ name }) => name))
  return workloads.flatMap((manifest) => {
    const { type, name } = manifest
    if (type === undefined || !isKind(type)) return []
    return [
      {
        ...manifest,
        kind: type,
        path: [type === 'Scheduled Job' ? 'jobs' : 'services', keys.get(name) ?? keyOf(name)],
      },
    ]
  })
}

const unknownKind = ({ type, value }: Manifest): Item =>
  type === 'Static Site'
    ? lost(value, 'Portcullis makes no static sites', 'keep the bucket and its distribution', true)
    : lost(
        value,
        type === undefined ? 'the manifest has no type' : `Copilot has no type ${type}`,
        'write one of its types, and run init again',
      )

/** Environments that have a manifest, or that some workload names. */
const environmentNames = ({ environments, workloads }: Workspace): readonly string[] => [
  ...new Set([
    ...environments.map(({ name }) => name),
    ...workloads.flatMap(({ value }) => {
      const map = look(value, 'environments')
      return isMap(map) ? map.entries.map(({ key }) => key) : []
    }),
  ]),
]

/** What environments share; where they differ, each has its own. */
const firstOfEach = (items: readonly Item[]): readonly Item[] =>
  items.filter(
    (item, index) =>
      item.kind !== 'carried' ||
      item.to === undefined ||
      !items.slice(0, index).some((each) => each.kind === 'carried' && String(each.to) === String(item.to)),
  )

const isHostOf = (item: Item): item is Item & { readonly kind: 'carried' } =>
  item.kind === 'carried' && String(item.to) === 'domain,name'

/** The name of a published API is unique in a region. */
const otherHost = (value: string) => ({
  value,
  ask: 'a host name of its own, since another environment has that of the manifest',
})

export const fromCopilot = (files: Files): Converted => {
  const found = workspace(files)
  const application = keyOf(found.application ?? 'replace-me')
  const names = environmentNames(found)
  const services = known(found.workloads)
  const peers = new Map(
    services.flatMap(({ kind, name, path }) => (kind === 'Scheduled Job' ? [] : [[name, String(path[1])] as const])),
  )
  const everything = [...found.workloads, ...found.environments].map(({ value }) => value)

  const regionOf = (name: string | undefined): string | undefined => {
    const own = [
      ...found.environments.filter((each) => each.name === name).map(({ value }) => value),
      ...found.workloads.flatMap(({ value }) => look(value, 'environments', name ?? '') ?? []),
    ]
    return onlyRegion(own) ?? onlyRegion(everything)
  }

  /** The workload whose folder a file is in. */
  const ownerOf = (file: string): Known | undefined =>
    services.find(({ value }) => file.startsWith(value.at.file.replace(/[^/]*$/, '')))

  /** Items of all workloads as they count in one environment, or in none. */
  const workloadItems = (service: Known, name: string | undefined, isOverridden: boolean): readonly Item[] => {
    const plain = withoutEnvironments(service.value)
    const over = isOverridden && name !== undefined ? look(service.value, 'environments', name) : undefined
    const manifest = over === undefined ? service.value : merge(plain, over)
    const region = regionOf(name)
    const context: Context = {
      manifest: isMap(manifest) ? manifest : plain,
      kind: service.kind,
      name: service.name,
      path: service.path,
      container: service.path,
      files,
      names: {
        application,
        ...(name === undefined ? {} : { environment: name }),
        ...(region === undefined ? {} : { region }),
      },
      peers: new Map([...peers].filter(([peer]) => peer !== service.name)),
    }
    const templates = found.beside.filter(({ file }) => isAddon(file) && ownerOf(file) === service)
    return [
      ...workload(context),
      ...templates.flatMap(({ value }) => (value === undefined ? [] : addons(value, context))),
    ]
  }

  const domainOf = (name: string | undefined): string =>
    `${name === undefined ? 'api' : keyOf(name, 60)}.replace-me.example`
  const ofEnvironments = found.environments.map(({ name, value }) => ({
    name,
    items: environmentItems({ name: environmentKey(name), manifest: value }),
  }))
  const [first] = names
  const hosts = new Set<unknown>()
  const owns = names.map((name): readonly Item[] => {
    const manifestItems = ofEnvironments.find((each) => each.name === name)?.items ?? []
    const items = withoutConflicts(
      withDomain(
        [...withCallers(services.flatMap((each) => workloadItems(each, name, true))), ...manifestItems],
        domainOf(name),
        root,
        names.length,
      ),
    )
    const own = items.map((item) =>
      isHostOf(item) && hosts.has(item.value) ? { ...item, ...otherHost(domainOf(name)) } : item,
    )
    for (const item of own) if (isHostOf(item)) hosts.add(item.value)
    return own
  })
  const everywhere = withoutConflicts(
    withDomain(
      [
        ...withCallers(services.flatMap((each) => workloadItems(each, first, false))),
        ...firstOfEach(ofEnvironments.flatMap(({ items }) => items)),
      ],
      domainOf(first),
      root,
      names.length,
    ),
  )
  const baseItems = withCommon(everywhere, owns)
  const base = assemble(baseItems)

  const inEnvironments = names.flatMap((name, index): readonly Item[] => {
    const manifestItems = ofEnvironments.find((each) => each.name === name)?.items ?? []
    const own = owns[index] ?? []
    const overrides = services.flatMap(({ value }) => look(value, 'environments', name)?.at ?? [])
    const key = environmentKey(name)
    const region = regionOf(name)
    const different = differences(key, base, own, overrides[0])
    const isOurs = ({ from }: Item): boolean =>
      from.path[0] === 'environments' || manifestItems.some((each) => each.from === from)
    const told = new Set([...baseItems, ...different].map(({ from }) => from))
    return [
      carried(
        root,
        ['environments', key, 'region'],
        region ?? UNKNOWN_REGION,
        region === undefined
          ? { ask: `the region of the environment: copilot env show -n ${name}` }
          : { note: 'the region that images and ARNs in the manifests name' },
      ),
      ...ownVpc({ key, name }, base, own, root),
      ...different,
      ...own.filter((item) => item.kind !== 'carried' && isOurs(item) && !told.has(item.from)),
      ...own
        .filter((item) => item.kind === 'carried' && isOurs(item) && !told.has(item.from))
        .map(({ from }) => implied(from, 'no other value than everywhere')),
    ]
  })

  const all: readonly Item[] = [
    carried(root, ['name'], application, found.application === undefined ? { ask: 'the name of the application' } : {}),
    carried(
      root,
      ['api', 'auth', 'callers', 'jwt'],
      { issuer: UNKNOWN_CALLERS, audience: ['replace-me'] },
      {
        ask: 'who may call? An issuer of tokens, a Lambda authorizer, or defaultAuth: iam. What everybody may call is a route with auth: none',
      },
    ),
    ...baseItems,
    ...inEnvironments,
    ...found.workloads.filter((each) => !services.some(({ value }) => value === each.value)).map(unknownKind),
    ...found.beside.flatMap(({ file, value }) => beside(file, value, ownerOf(file)?.path)),
  ]
  const items = settle(withEgress(apart(apartByName(all), names.length, root)), root, application)
  const readable = found.workloads.length + found.environments.length > 0
  return {
    ...(readable ? { config: write(assemble(items), items, []) } : {}),
    report: report(items.filter(({ kind, from }) => kind !== 'carried' || from.file !== '')),
    items,
    problems: found.problems,
  }
}
