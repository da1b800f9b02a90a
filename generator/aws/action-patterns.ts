/** Patterns of actions with a `*` at their end at most, in small letters: IAM does not tell them from capital ones. */

export const covers = (wide: string, narrow: string): boolean =>
  wide.endsWith('*') ? narrow.startsWith(wide.slice(0, -1)) : wide === narrow

/** Whether some action is meant by both. */
export const meets = (one: string, other: string): boolean => covers(one, other) || covers(other, one)

export const words = (text: string): string[] => text.split(/\s+/).filter((each) => each !== '')
