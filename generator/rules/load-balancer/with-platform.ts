import type { Model } from '../../model/model.ts'

/** How much an application and its platform need together of what they share, and how much of it the platform does. */
export function withPlatform(
  model: Model,
  countOf: (one: Model) => number,
): { readonly count: number; readonly says: string } {
  const ofPlatform = model.platform === undefined ? 0 : countOf(model.platform.model)
  return { count: countOf(model) + ofPlatform, says: ofPlatform > 0 ? `, ${ofPlatform} of them for the platform` : '' }
}
