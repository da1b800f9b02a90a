/** CloudFormation takes at most 1 MB; a SAM source may be longer before it is transformed. */
export const largestTemplate = 2 * 1024 * 1024
/** Levels of nesting. */
export const deepest = 100
/** Values in one template, aliases as often as they stand; cfn-lint has the same bound. */
export const mostNodes = 250_000
