import type { Source } from './node.ts'

/** Line starts are found on first use: most runs print few positions. */
function lineStarts(source: { text: string; lineStarts?: number[] }): number[] {
  if (source.lineStarts) return source.lineStarts
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1)
  source.lineStarts = starts
  return starts
}

export function position(source: Pick<Source, 'text' | 'lineStarts'>, at: number): { line: number; column: number } {
  const starts = lineStarts(source)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: at - (starts[low] as number) + 1 }
}
