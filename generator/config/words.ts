/**
 * A command line as the list that a container needs: one entry for each word, because without a shell nobody splits it.
 * What only a shell understands goes to one.
 */
export const asWords = (line: string): string[] => {
  const bare = line.replace(/"[^"]*"|'[^']*'/g, '')
  const shell = /[|&;<>$`*?~\\(){}"']/.test(bare) || (/[$`]/.test(line) && !/^\S*sh\s/.test(line))
  if (shell) return ['sh', '-c', line]
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))
}
