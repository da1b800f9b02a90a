import type { Network } from '../model/network/network.ts'

/** 1..n: the number of a zone is part of logical IDs, the zone itself is chosen by the region's mapping. */
export const zones = ({ zones: count }: Network): number[] => Array.from({ length: count }, (_, index) => index + 1)
