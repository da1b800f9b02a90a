/** What a person decided about a type, and the short forms in which the lists next to this file express it. */

/** Judged class of a type. */
export type TypeClass =
  /** The claims read it. */
  | 'modelled'
  /** Opens nothing by itself, whatever it names. */
  | 'harmless'
  /** Judged property by property. */
  | 'judged'
  /** May hold or make further resources that cannot be read. */
  | 'container'
  /** In the registry, but not judged. */
  | 'stranger'

/** What a resource does with the thing that a property names. */
export type Role =
  /** It becomes part of it: a rule of a group, a route of a table, a listener of a load balancer, a mapping of an API. */
  | 'owner'
  /** Its network interfaces carry the group or stand in the subnet, and hosts behind them may open connections. */
  | 'carrier'
  /** Carries the group or is in the subnet, but never opens a connection by itself. */
  | 'passive'
  /** Named as the other side only. */
  | 'peer'
  /** Traffic or requests are sent to it: a way in. */
  | 'target'
  /** A role, policy or principal: it gives or takes rights. */
  | 'rights'
  /** A program, a template or a document that can act. */
  | 'code'
  /** Displayed, stored or handed on as text. */
  | 'shown'
  /** Plain data, or only observed or managed in a way that opens nothing. */
  | 'data'

/** Property paths with a space between them, list indices left out. Everything below a path is judged with it. */
export type Paths = string

export type Judgement = {
  readonly class: Exclude<TypeClass, 'stranger'>
  readonly because: string
  readonly roles: Readonly<Partial<Record<Role, Paths>>>
  /** The role of every property that names groups or subnets, as far as `roles` does not say otherwise. */
  readonly network?: Role
  /** Modelled types only: what the verifier must look at beyond the active roles. */
  readonly read?: Paths
  /** Modelled types only: reason -> paths. */
  readonly harmless?: Readonly<Record<string, Paths>>
  /** Modelled types only: what nobody has judged. */
  readonly unread?: Paths
}

export type Judgements = Readonly<Record<string, Judgement>>

type Roles = Judgement['roles']

export const judged = (because: string, roles: Roles = {}): Judgement => ({ class: 'judged', because, roles })

/** Judgements as they are listed: by type, or one for several types, without `AWS::` and with a space between them. */
export type Listed = Judgements | { readonly types: string; readonly judgement: Judgement }

/**
 * Judgements as one record. Without a prototype it is a dictionary from the start; an object literal of a thousand
 * spread names takes ten times as long, at every start of the program.
 */
export function merged(...all: readonly Listed[]): Judgements {
  const found: Record<string, Judgement> = Object.create(null)
  for (const listed of all)
    if (isOfSeveral(listed))
      for (const type of listed.types.trim().split(/\s+/)) found[`AWS::${type}`] = listed.judgement
    else Object.assign(found, listed)
  return found
}

const isOfSeveral = (listed: Listed): listed is Exclude<Listed, Judgements> => typeof listed.types === 'string'

/** Types whose interfaces carry every group and stand in every subnet that they name. */
export const carriers = (because: string, types: string, roles: Roles = {}): Listed => ({
  types,
  judgement: { ...judged(because, roles), network: 'carrier' },
})

export const passive = (because: string, types: string, roles: Roles = {}): Listed => ({
  types,
  judgement: { ...judged(because, roles), network: 'passive' },
})

/** Types that are judged and whose properties, by their names, need no word of their own: roles, tags, plain data. */
export const plain = (because: string, types: string, roles: Roles = {}): Listed => ({
  types,
  judgement: judged(because, roles),
})

export const harmless = (because: string, types: string): Listed => ({
  types,
  judgement: { class: 'harmless', because, roles: {} },
})

export const containers = (because: string, types: string): Listed => ({
  types,
  judgement: { class: 'container', because, roles: {} },
})

export const owners = (because: string, types: Readonly<Record<string, Paths>>): Judgements =>
  Object.fromEntries(Object.entries(types).map(([type, owner]) => [type, judged(because, { owner })]))

export const modelled = (
  because: string,
  parts: {
    readonly roles?: Roles
    readonly read?: Paths
    readonly harmless?: Readonly<Record<string, Paths>>
    readonly unread?: Paths
  },
): Judgement => ({ class: 'modelled', because, roles: parts.roles ?? {}, ...withoutRoles(parts) })

const withoutRoles = ({ roles, ...others }: Omit<Partial<Judgement>, 'class' | 'because'>) => others

export const pathsOf = (paths: Paths | undefined): readonly string[] => paths?.trim().split(/\s+/).filter(Boolean) ?? []
