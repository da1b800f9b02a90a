import type { Model } from '../model/model.ts'

/** 1..n: the number of a zone is part of logical IDs, the zone itself is chosen by the region's mapping. */
export const zones = (model: Model): number[] => Array.from({ length: model.network.zones }, (_, index) => index + 1)
