/**
 * Patterns of IAM: `*` is any text, `?` any character, case does not matter. Time is at most
 * proportional to the product of both lengths, for any pattern.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */

/** One spelling for patterns that mean the same. */
export const normalised = (pattern: string): string =>
  pattern.toLowerCase().replace(/[*?]+/g, (run) => (run.includes('*') ? `${run.replaceAll('*', '')}*` : run))

/** Whether all that the narrow pattern means is meant by the wide one: sound, and exact for what people write. */
export function covers(wide: string, narrow: string): boolean {
  let w = 0
  let n = 0
  // Where the last `*` is, and how much of the narrow pattern it has consumed so far.
  let star = -1
  let taken = 0
  while (n < narrow.length) {
    if (wide[w] === '*') {
      star = w++
      taken = n
    } else if (w < wide.length && narrow[n] !== '*' && (wide[w] === '?' || wide[w] === narrow[n])) {
      w++
      n++
    } else if (star >= 0) {
      w = star + 1
      n = ++taken
    } else return false
  }
  return /^\**$/.test(wide.slice(w))
}

/** Both normalised, the text without wildcards: it then means itself. */
export const matches = (pattern: string, text: string): boolean => covers(pattern, text)

/** Where in the pattern one may be who has read the text. */
function positions(pattern: string, text: string): ReadonlySet<number> {
  let live = new Set([0])
  const skipStars = () => {
    for (const at of live) if (pattern[at] === '*') live.add(at + 1)
  }
  skipStars()
  for (const character of text) {
    const next = new Set<number>()
    for (const at of live) {
      const wanted = pattern[at]
      if (wanted === '*') next.add(at)
      else if (wanted === '?' || wanted === character) next.add(at + 1)
    }
    live = next
    if (live.size === 0) break
    skipStars()
  }
  return live
}

/** Whether some text is meant by both. The entry may have one `*`, at its end. */
export const meets = (pattern: string, entry: string): boolean =>
  entry.endsWith('*') ? positions(pattern, entry.slice(0, -1)).size > 0 : matches(pattern, entry)
