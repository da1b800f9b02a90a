import type { Model } from '../../model/model.ts'

/** The same in every account, because a shared portfolio's constraint knows it only by name. */
export const launchRoleName = (model: Model): string => `portcullis-launch-${model.name}`
