/** What became of every key, for a person. */
import type { Item } from './item.ts'
import type { Path } from './value.ts'

const dotted = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '')

type Row = { readonly file: string; readonly line: number; readonly text: string; readonly below: readonly string[] }

const MARK = '   [changes what runs]'

const rowOf = (item: Item): Row => {
  const { file, line, path } = item.from
  const name = dotted(path)
  if (item.kind === 'carried') {
    const target = item.to === undefined ? '' : ` -> ${dotted(item.to)}`
    return {
      file,
      line,
      text: `${name}${target}${item.degraded ? MARK : ''}`,
      below: [...(item.ask === undefined ? [] : [`(*) ${item.ask}`]), ...(item.note === undefined ? [] : [item.note])],
    }
  }
  if (item.kind === 'ignored')
    return { file, line, text: name, below: [item.remedy === undefined ? item.why : `${item.why}: ${item.remedy}`] }
  return { file, line, text: `${name}${item.changes ? MARK : ''}`, below: [item.why, item.remedy] }
}

/** Neighbours with one reason are told once. */
const grouped = (rows: readonly Row[]): readonly string[] => {
  const lines: string[] = []
  let file: string | undefined
  rows.forEach((row, index) => {
    if (row.file !== file) lines.push(`  ${row.file === '' ? 'the folder' : row.file}`)
    file = row.file
    lines.push(`    ${String(row.line).padStart(4)}  ${row.text}`)
    const next = rows[index + 1]
    const isSame =
      next !== undefined &&
      next.file === row.file &&
      next.below.length > 0 &&
      next.below.join('\n') === row.below.join('\n')
    if (!isSame) lines.push(...row.below.map((each) => `          ${each}`))
  })
  return lines
}

const part = (title: string, items: readonly Item[]): readonly string[] => {
  const rows = items
    .map(rowOf)
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
    .filter((row, index, all) => !all.slice(0, index).some((each) => JSON.stringify(each) === JSON.stringify(row)))
  return [`${title} (${rows.length})`, ...grouped(rows), '']
}

/** Differences that hold for every application of Copilot. */
const DIFFERENCES: readonly string[] = [
  'Copilot services had no authentication: say in api.auth who may call. Until then, generate stops and asks.',
  'Tasks run in private subnets without a way to the internet, unless network.egress is nat. What calls others there fails.',
  'Services of an environment could reach each other on all ports. Now a service reaches only what its reaches names.',
  'Names such as api.test.shop.local are gone: services reach each other as http://api:<port>.',
  'COPILOT_APPLICATION_NAME, COPILOT_ENVIRONMENT_NAME, COPILOT_SERVICE_NAME, COPILOT_SERVICE_DISCOVERY_ENDPOINT and COPILOT_LB_DNS are no longer set: search your code for COPILOT_.',
  'A request lasts at most 30 seconds, a body has at most 10 MB, and WebSockets do not pass (docs/limits.md).',
  'Databases and queues stay in the old stacks. Deleting a service of Copilot deletes its addons with their data.',
]

export const report = (items: readonly Item[]): string => {
  const of = (kind: Item['kind']): readonly Item[] => items.filter((item) => item.kind === kind)
  return [
    ...part('Carried over', of('carried')),
    ...part('Not carried over', of('lost')),
    ...part('Copilot ignored this too', of('ignored')),
    'What is different for every service',
    ...DIFFERENCES.map((each) => `  - ${each}`),
    '',
  ].join('\n')
}
