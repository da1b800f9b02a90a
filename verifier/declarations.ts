/** What the command line says of things that the templates leave open. A template cannot vouch for itself. */

/** Ways in that a command line may allow. */
export const doors = [
  'exec',
  'internet-egress',
  'peering',
  'transit-gateway',
  'vpn',
  'endpoint-service',
  'accelerator',
  'lattice',
  'instance-connect',
  'verified-access',
  'second-domain',
  'group-editors',
  'caller',
  'egress',
  'shared-service',
] as const
export type Door = (typeof doors)[number]

export const facets = [
  'ingress',
  'egress',
  'routes',
  'covers',
  'value',
  'carriers',
  'targets',
  'rights',
  'opens',
] as const
export type Facet = (typeof facets)[number]

export type Declarations = {
  readonly parameters: ReadonlyMap<string, string>
  /** Keys of routes that are open on purpose, as the template writes them; of one API where it is named. */
  readonly openRoutes: readonly { readonly api?: string; readonly key: string }[]
  readonly allow: readonly { readonly door: Door; readonly name?: string }[]
  readonly assume: readonly { readonly name: string; readonly facet: Facet; readonly value: string }[]
}

export const noDeclarations: Declarations = { parameters: new Map(), openRoutes: [], allow: [], assume: [] }

/** All that is said; of a parameter, what is said last. */
export const together = (...all: readonly Declarations[]): Declarations => ({
  parameters: new Map(all.flatMap(({ parameters }) => [...parameters])),
  openRoutes: all.flatMap(({ openRoutes }) => openRoutes),
  allow: all.flatMap(({ allow }) => allow),
  assume: all.flatMap(({ assume }) => assume),
})

/** In the words of the command line. */
export const listed = ({
  parameters,
  openRoutes,
  allow,
  assume,
}: Declarations): readonly { readonly kind: string; readonly value: string }[] => [
  ...[...parameters].map(([name, value]) => ({ kind: 'parameter', value: `${name}=${value}` })),
  ...openRoutes.map(({ api, key }) => ({ kind: 'open-route', value: api === undefined ? key : `${api}:${key}` })),
  ...allow.map(({ door, name }) => ({ kind: 'allow', value: name === undefined ? door : `${door}:${name}` })),
  ...assume.map(({ name, facet, value }) => ({ kind: 'assume', value: `${name}.${facet}=${value}` })),
]
