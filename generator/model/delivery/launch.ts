/** Names that are the same in every account in which the product is launched, because they are referred to by name only. */

export const launchRoleName = (name: string): string => `portcullis-launch-${name}`

/** The policy that bounds the roles of what is launched. */
export const launchBoundaryName = (name: string): string => `portcullis-boundary-${name}`
