/** A command line as a shell would cut it into words. */
export const shellWords = (line: string): readonly string[] => {
  const words: string[] = []
  let word = ''
  let open = false
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index)
    const next = line.charAt(index + 1)
    if (quote !== '') {
      if (char === quote) quote = ''
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(next)) {
        word += next
        index++
      } else word += char
    } else if (char === '"' || char === "'") {
      quote = char
      open = true
    } else if (char === '\\' && next !== '') {
      word += next
      open = true
      index++
    } else if (/\s/.test(char)) {
      if (open) words.push(word)
      word = ''
      open = false
    } else {
      word += char
      open = true
    }
  }
  return open ? [...words, word] : words
}
