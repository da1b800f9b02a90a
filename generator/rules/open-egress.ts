import type { Model } from '../model/model.ts'

/** How a config lets tasks reach more than endpoints. */
export const openEgress = ({ network, platform }: Model): string => {
  const where = platform === undefined ? '' : ' of the platform'
  const { kind } = platform?.model.network ?? network
  return kind === 'existing' ? `remove network.existing.endpoints${where}` : `set network.egress${where} to nat`
}
