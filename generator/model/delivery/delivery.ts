import type { Config } from '../../config/schema/index.ts'
import { sortedEntries, unique } from '../names.ts'
import { type Given, givenTexts } from './given.ts'

export type Delivery = { readonly serviceCatalog?: ServiceCatalog; readonly stackSet?: StackSet }

export type ServiceCatalog = {
  readonly portfolio: string
  readonly owner: string
  readonly principals: readonly string[]
  /** In the order written (append only); the last is published. */
  readonly versions: readonly { readonly name: string; readonly source: 'current' | { readonly url: string } }[]
}

export type StackSet = {
  readonly accounts: readonly string[]
  readonly organizationalUnits: readonly string[]
  readonly regions: readonly string[]
  /** A stack stays when its account leaves the organizational unit. */
  readonly retainOnRemoval: boolean
  /** By account and region, sorted. */
  readonly overrides: readonly { readonly account: string; readonly region: string; readonly parameters: Given }[]
}

export const deliveryOf = ({ serviceCatalog, stackSet }: Config['delivery']): Delivery => ({
  ...(serviceCatalog === undefined ? {} : { serviceCatalog: serviceCatalogOf(serviceCatalog) }),
  ...(stackSet === undefined ? {} : { stackSet: stackSetOf(stackSet) }),
})

const serviceCatalogOf = (written: NonNullable<Config['delivery']['serviceCatalog']>): ServiceCatalog => ({
  portfolio: written.portfolio,
  owner: written.owner,
  principals: unique(written.principals),
  versions: Object.entries(written.versions).map(([name, source]) => ({
    name,
    source: source === 'current' ? source : { url: source },
  })),
})

const stackSetOf = (written: NonNullable<Config['delivery']['stackSet']>): StackSet => ({
  accounts: unique(written.accounts),
  organizationalUnits: unique(written.organizationalUnits),
  regions: written.regions,
  retainOnRemoval: written.retainOnRemoval,
  overrides: sortedEntries(written.overrides).map(([target, values]) => {
    const [account = '', region = ''] = target.split('/')
    return { account, region, parameters: givenTexts(values) }
  }),
})
