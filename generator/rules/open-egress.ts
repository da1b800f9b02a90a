import type { Network } from '../model/network/network.ts'

/** How a config lets tasks reach more than endpoints. */
export const openEgress = ({ kind }: Network): string =>
  kind === 'existing' ? 'remove network.existing.endpoints' : 'set network.egress to nat'
