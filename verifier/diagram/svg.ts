/** A picture as SVG: one file, no script, no font and nothing to fetch; for light and dark surroundings. */
import { escaped } from '../report/markup.ts'
import { laidOut } from './layout.ts'
import type { Box, Edge, Picture } from './picture.ts'
import type { Line, Placed, PlacedBox, PlacedFrame, Text } from './placed.ts'
import { ownStyle } from './svg-style.ts'

/** What a reader hears who does not see it. */
export function described(picture: Picture): string {
  const { edges, verdict } = picture
  const of = (kind: string): string =>
    edges
      .filter((edge) => edge.kind === kind)
      .map((edge) => nameOfEdge(picture, edge))
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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(placed)} role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(picture.title)}</title>`,
    `<desc id="desc">${escaped(described(picture))}</desc>`,
    `<style>${ownStyle}</style>`,
    ...ground(placed),
    ...boxes(placed, picture).flatMap(({ shapes }) => ['<g>', ...shapes, '</g>']),
    ...above(placed),
    '</svg>',
    '',
  ].join('\n')
}

/** Anchors of what is told about the boxes and lines of a picture, by their place in it. */
export const boxAnchor = (index: number): string => `box-${index + 1}`
export const lineAnchor = (index: number): string => `line-${index + 1}`

/**
 * For a page that brings the style: each box, and then each line from it, leads to what is told about it there. Lines get
 * a broad shape of their own, which is easier to hit.
 */
export function linkedSvg(picture: Picture): string {
  const placed = laidOut(picture)
  const lines = picture.edges.map((edge, index) => ({ edge, anchor: lineAnchor(index) }))
  const reach = (edge: Edge): readonly string[] =>
    placed.lines
      .filter((line) => line.edge === edge)
      .map(({ points }) => `<polyline class="reach" points="${pointsOf(points)}"/>`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(placed)} role="group" aria-label="${escaped(picture.title)}">`,
    '<g aria-hidden="true">',
    ...ground(placed),
    ...above(placed),
    '</g>',
    ...boxes(placed, picture).flatMap(({ box, shapes }) => [
      `<a href="#${boxAnchor(picture.boxes.indexOf(box))}">`,
      ...shapes,
      '</a>',
      ...lines
        .filter(({ edge }) => edge.from === box.id)
        .flatMap(({ edge, anchor }) => [
          `<a href="#${anchor}" aria-label="${escaped(nameOfEdge(picture, edge))}">`,
          ...reach(edge),
          '</a>',
        ]),
    ]),
    '</svg>',
  ].join('\n')
}

/** The title of what a claim found is the claim; what it is stands below. */
export function titleOf({ boxes }: Picture, id: string): string {
  const box = boxes.find((each) => each.id === id)
  return (box?.kind === 'intruder' ? box.lines[0] : box?.title) ?? id
}

export const nameOfEdge = (picture: Picture, { from, to, label }: Edge): string =>
  `${titleOf(picture, from)} to ${titleOf(picture, to)}${label === '' ? '' : ` (${label})`}`

const sizeOf = ({ width, height }: Placed): string =>
  `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`

const order = ['allowed', 'blocked', 'way-in', 'forbidden']

/** What is below the boxes. */
const ground = (placed: Placed): readonly string[] => [
  `<rect class="paper" width="${round(placed.width)}" height="${round(placed.height)}" rx="8"/>`,
  ...placed.frames.flatMap(frameShapes),
  ...placed.lines.toSorted((a, b) => order.indexOf(a.edge.kind) - order.indexOf(b.edge.kind)).flatMap(lineShapes),
]

function boxes(
  placed: Placed,
  { edges }: Picture,
): readonly { readonly box: Box; readonly shapes: readonly string[] }[] {
  const onWay = new Set(edges.filter(({ kind }) => kind === 'way-in').flatMap(({ from, to }) => [from, to]))
  return placed.boxes.map((each) => ({ box: each.box, shapes: boxShapes(each, onWay.has(each.box.id)) }))
}

/** Labels, and what is said of the whole. */
const above = ({ tags, texts }: Placed): readonly string[] => [
  ...tags.map((tag) => `<rect class="tag" ${place(tag)} rx="9"/>`),
  ...texts.map(textShape),
]

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
  const path = pointsOf([...points.slice(0, -1), end])
  const [x, y] = last
  const tip = [
    [x, y],
    [x - dx * 9 - dy * 5, y - dy * 9 - dx * 5],
    [x - dx * 9 + dy * 5, y - dy * 9 + dx * 5],
  ] as const
  return [
    `<polyline class="line ${edge.kind}" points="${path}"/>`,
    `<polygon class="tip ${edge.kind}" points="${pointsOf(tip)}"/>`,
  ]
}

const pointsOf = (points: Line['points']): string => points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')

function boxShapes({ box, texts, tags, ...rectangle }: PlacedBox, isOnWay: boolean): readonly string[] {
  const where = box.place ? ` (${box.place.file}:${box.place.line})` : ''
  return [
    `<title>${escaped([`${box.title}${where}`, ...box.lines, ...(box.groups ?? []).map((name) => `security group ${name}`)].join('\n'))}</title>`,
    `<rect class="box ${box.kind}${isOnWay ? ' on-way' : ''}" ${place(rectangle)} rx="${box.kind === 'client' ? 22 : 6}"/>`,
    ...tags.map((tag) => `<rect class="tag" ${place(tag)} rx="9"/>`),
    ...texts.map(textShape),
  ]
}

const textShape = ({ text, x, y, size, anchor, isBold, role, kind }: Text): string =>
  `<text class="${[role, ...(kind ? [kind] : []), ...(isBold ? ['bold'] : [])].join(' ')}" x="${round(x)}" y="${round(y)}" font-size="${size}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10
