/** A picture as SVG: one file, no script, no font and nothing to fetch; for light and dark surroundings. */
import { visible } from '../report/visible.ts'
import { laidOut } from './layout.ts'
import type { Picture } from './picture.ts'
import type { Line, PlacedBox, PlacedFrame, Text } from './placed.ts'

const colours = {
  light: {
    paper: '#ffffff',
    text: '#1f2328',
    muted: '#59636e',
    box: '#f6f8fa',
    edge: '#818b98',
    zone: '#f6f8fa',
    way: '#1a7f37',
    wayBox: '#dafbe1',
    bad: '#cf222e',
    badBox: '#ffebe9',
    warn: '#9a6700',
  },
  dark: {
    paper: '#0d1117',
    text: '#f0f6fc',
    muted: '#9198a1',
    box: '#161b22',
    edge: '#6e7681',
    zone: '#12171e',
    way: '#3fb950',
    wayBox: '#12261e',
    bad: '#f85149',
    badBox: '#2d1214',
    warn: '#d29922',
  },
} as const

type Colours = Record<keyof typeof colours.light, string>

const rules = (of: Colours): string =>
  [
    `.paper{fill:${of.paper}}`,
    `text{fill:${of.text}}`,
    `.detail,.frame,.group{fill:${of.muted}}`,
    `.label{fill:${of.muted};stroke:${of.paper}}`,
    `.box{fill:${of.box};stroke:${of.edge}}`,
    `.box.on-way{fill:${of.wayBox};stroke:${of.way}}`,
    `.box.intruder{fill:${of.badBox};stroke:${of.bad}}`,
    `.network{stroke:${of.edge}}`,
    `.zone{fill:${of.zone}}`,
    `.tag{fill:${of.paper};stroke:${of.edge}}`,
    `.line{stroke:${of.edge}}`,
    `.line.way-in{stroke:${of.way}}`,
    `.line.forbidden{stroke:${of.bad}}`,
    `.tip{fill:${of.edge}}`,
    `.tip.way-in,.label.way-in,.verdict.proved{fill:${of.way}}`,
    `.tip.forbidden,.label.forbidden,.verdict.refuted{fill:${of.bad}}`,
    `.verdict.undecided{fill:${of.warn}}`,
  ].join('')

const fixed = [
  'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}',
  '.bold{font-weight:600}',
  // A label stays legible where a line runs below it.
  '.label{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
  '.box{stroke-width:1.5}',
  '.tag{stroke-width:1}',
  '.network{fill:none;stroke-width:1.5;stroke-dasharray:6 4}',
  '.line{fill:none;stroke-width:1.5}',
  '.line.way-in,.line.forbidden{stroke-width:3}',
  '.line.blocked{stroke-dasharray:3 5}',
].join('')

/** What a reader hears who does not see it. */
export function described({ boxes, edges, verdict }: Picture): string {
  const titleOf = (id: string): string => boxes.find((box) => box.id === id)?.title ?? id
  const of = (kind: string): string =>
    edges
      .filter((edge) => edge.kind === kind)
      .map(({ from, to, label }) => `${titleOf(from)} to ${titleOf(to)}${label === '' ? '' : ` (${label})`}`)
      .join('; ')
  return [
    ['The way in', of('way-in')],
    ['Also allowed', of('allowed')],
    ['Not let through', of('blocked')],
    ['Open, and should not be', of('forbidden')],
  ]
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text}.`)
    .concat(`${verdict.text}.`)
    .join(' ')
}

export function svg(picture: Picture): string {
  const placed = laidOut(picture)
  const onWay = new Set(picture.edges.filter(({ kind }) => kind === 'way-in').flatMap(({ from, to }) => [from, to]))
  const order = ['allowed', 'blocked', 'way-in', 'forbidden']
  const lines = placed.lines.toSorted((a, b) => order.indexOf(a.edge.kind) - order.indexOf(b.edge.kind))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(placed.width)}" height="${round(placed.height)}" viewBox="0 0 ${round(placed.width)} ${round(placed.height)}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(picture.title)}</title>`,
    `<desc id="desc">${escaped(described(picture))}</desc>`,
    `<style>${fixed}${rules(colours.light)}@media (prefers-color-scheme:dark){${rules(colours.dark)}}</style>`,
    `<rect class="paper" width="${round(placed.width)}" height="${round(placed.height)}" rx="8"/>`,
    ...placed.frames.flatMap(frameShapes),
    ...lines.flatMap(lineShapes),
    ...placed.boxes.flatMap((each) => boxShapes(each, onWay.has(each.box.id))),
    ...placed.tags.map((tag) => `<rect class="tag" ${place(tag)} rx="9"/>`),
    ...placed.texts.map(textShape),
    '</svg>',
    '',
  ].join('\n')
}

function frameShapes({ x, y, width, height, texts, cells }: PlacedFrame): readonly string[] {
  return [
    ...cells.map((cell) => `<rect class="zone" ${place(cell)} rx="4"/>`),
    `<rect class="network" ${place({ x, y, width, height })} rx="8"/>`,
    ...texts.map(textShape),
  ]
}

const place = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string =>
  `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`

function lineShapes({ edge, points }: Line): readonly string[] {
  const [last, before] = [points.at(-1), points.at(-2)]
  if (!last || !before) return []
  const [dx, dy] = [Math.sign(last[0] - before[0]), Math.sign(last[1] - before[1])]
  // The line ends inside the tip, so that it does not show at its point.
  const end = [last[0] - dx * 6, last[1] - dy * 6] as const
  const path = [...points.slice(0, -1), end].map(([x, y]) => `${round(x)},${round(y)}`).join(' ')
  const [x, y] = last
  const tip = [
    [x, y],
    [x - dx * 9 - dy * 5, y - dy * 9 - dx * 5],
    [x - dx * 9 + dy * 5, y - dy * 9 + dx * 5],
  ]
  return [
    `<polyline class="line ${edge.kind}" points="${path}"/>`,
    `<polygon class="tip ${edge.kind}" points="${tip.map(([a = 0, b = 0]) => `${round(a)},${round(b)}`).join(' ')}"/>`,
  ]
}

function boxShapes({ box, texts, tags, ...rectangle }: PlacedBox, isOnWay: boolean): readonly string[] {
  const where = box.place ? ` (${box.place.file}:${box.place.line})` : ''
  return [
    '<g>',
    `<title>${escaped([`${box.title}${where}`, ...box.lines, ...(box.groups ?? []).map((name) => `security group ${name}`)].join('\n'))}</title>`,
    `<rect class="box ${box.kind}${isOnWay ? ' on-way' : ''}" ${place(rectangle)} rx="${box.kind === 'client' ? 22 : 6}"/>`,
    ...tags.map((tag) => `<rect class="tag" ${place(tag)} rx="9"/>`),
    ...texts.map(textShape),
    '</g>',
  ]
}

const textShape = ({ text, x, y, size, anchor, isBold, role, kind }: Text): string =>
  `<text class="${[role, ...(kind ? [kind] : []), ...(isBold ? ['bold'] : [])].join(' ')}" x="${round(x)}" y="${round(y)}" font-size="${size}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Nothing that a template says is markup, or a character that XML does not take. */
const escaped = (text: string): string =>
  text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '?')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
