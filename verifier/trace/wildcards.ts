/** Patterns of listener rules: `*` is any text, `?` one character. Time is at most the product of both lengths. */

/** `isEscaped`: a backslash takes the meaning from what follows it, as in headers and queries. */
export function meetsPattern(pattern: string, text: string, isEscaped = false): boolean {
  const wanted = tokensOf(pattern, isEscaped)
  const given = [...text]
  let [at, here] = [0, 0]
  // Where the last `*` is, and how much of the text it has taken so far.
  let [star, taken] = [-1, 0]
  while (here < given.length) {
    const token = wanted[at]
    if (token === anyText) {
      star = at++
      taken = here
    } else if (token !== undefined && (token === oneCharacter || token === given[here])) {
      at++
      here++
    } else if (star >= 0) {
      at = star + 1
      here = ++taken
    } else return false
  }
  return wanted.slice(at).every((token) => token === anyText)
}

const anyText = Symbol('*')
const oneCharacter = Symbol('?')

function tokensOf(pattern: string, isEscaped: boolean): readonly (string | symbol)[] {
  const tokens: (string | symbol)[] = []
  let isNextPlain = false
  for (const character of pattern) {
    if (isEscaped && !isNextPlain && character === '\\') {
      isNextPlain = true
      continue
    }
    tokens.push(isNextPlain ? character : character === '*' ? anyText : character === '?' ? oneCharacter : character)
    isNextPlain = false
  }
  return tokens
}
