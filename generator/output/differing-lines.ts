/** How a file on the disk differs from what is generated, short enough to be read in a terminal. */

const CONTEXT = 1
const MOST_LINES = 30
/** Beyond it, what differs is shown as one block: aligning would take time and help nobody. */
const MOST_CELLS = 1_000_000

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string; readonly at: number }

/** `-` is what the disk has, `+` what is generated; with the line number on the disk before each part. */
export function differingLines(disk: string, generated: string): string[] {
  const all = aligned(disk.split('\n'), generated.split('\n'))
  const near = (index: number): boolean =>
    all.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' ')
  const shown = all.flatMap((line, index) => (near(index) ? [{ ...line, index }] : []))
  const lines = shown.flatMap(({ sign, text, at, index }, position) => [
    ...(shown[position - 1]?.index === index - 1 ? [] : [`@ line ${at}`]),
    `${sign} ${text}`,
  ])
  return lines.length > MOST_LINES
    ? [...lines.slice(0, MOST_LINES), `... and ${lines.length - MOST_LINES} more lines`]
    : lines
}

function aligned(a: readonly string[], b: readonly string[]): Line[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const same = (from: number, to: number): Line[] =>
    a.slice(from, to).map((text, index) => ({ sign: ' ', text, at: from + index + 1 }))
  return [
    ...same(0, start),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end), start),
    ...same(a.length - end, a.length),
  ]
}

/** The longest common part stays, the rest goes or comes. */
function middle(a: readonly string[], b: readonly string[], before: number): Line[] {
  const width = b.length + 1
  const common = new Uint32Array(a.length * b.length > MOST_CELLS ? 0 : (a.length + 1) * width)
  const length = (i: number, j: number): number => common[i * width + j] ?? 0
  if (common.length > 0)
    for (let i = a.length - 1; i >= 0; i -= 1)
      for (let j = b.length - 1; j >= 0; j -= 1)
        common[i * width + j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1))
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const at = before + i + 1
    if (common.length > 0 && i < a.length && a[i] === b[j]) {
      lines.push({ sign: ' ', text: a[i] ?? '', at })
      i += 1
      j += 1
    } else if (i < a.length && (j >= b.length || length(i + 1, j) >= length(i, j + 1))) {
      lines.push({ sign: '-', text: a[i] ?? '', at })
      i += 1
    } else {
      lines.push({ sign: '+', text: b[j] ?? '', at })
      j += 1
    }
  }
  return lines
}
