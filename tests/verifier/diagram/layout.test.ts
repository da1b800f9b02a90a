// No label lies on another or on a box, no line runs through a box, and nothing is left out: in every picture.
import { describe, expect, test } from '@jest/globals'
import { laidOut } from '../../../verifier/diagram/layout.ts'
import { fitted, measured } from '../../../verifier/diagram/measure.ts'
import type { Placed, Rectangle, Text } from '../../../verifier/diagram/placed.ts'
import { some } from '../../support/effort.ts'
import { ofServices, pictures } from './pictures.ts'

/** Round a text, as wide as it is measured, and as high as its letters are. */
const around = ({ text, x, y, size, anchor, isBold }: Text): Rectangle => {
  const width = measured(text, size, isBold)
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - width / 2 : x - width
  return { x: left, y: y - size * 0.8, width, height: size }
}
const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5
const holds = (outer: Rectangle, inner: Rectangle): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5

const pairs = <T>(all: readonly T[]): readonly (readonly [T, T])[] =>
  all.flatMap((a, index) => all.slice(index + 1).map((b) => [a, b] as const))

/** Everything that is wrong with it. */
function faults({ width, height, boxes, frames, texts, lines }: Placed): readonly string[] {
  const free = [...texts, ...frames.flatMap((frame) => frame.texts)].map((text) => ({
    text: text.text,
    at: around(text),
  }))
  const inside = boxes.flatMap((box) => box.texts.map((text) => ({ box, text: text.text, at: around(text) })))
  const paper = { x: 0, y: 0, width, height }
  const segments = lines.flatMap(({ edge, points }) =>
    points.slice(1).map((end, index) => {
      const [start = [0, 0]] = [points[index]]
      const [x, y] = [Math.min(start[0], end[0]), Math.min(start[1], end[1])]
      return {
        edge,
        at: { x: x - 1, y: y - 1, width: Math.abs(start[0] - end[0]) + 2, height: Math.abs(start[1] - end[1]) + 2 },
      }
    }),
  )
  return [
    ...pairs([...free, ...inside])
      .filter(([a, b]) => overlap(a.at, b.at))
      .map(([a, b]) => `"${a.text}" lies on "${b.text}"`),
    ...pairs(boxes)
      .filter(([a, b]) => overlap(a, b))
      .map(([a, b]) => `the box ${a.box.title} lies on ${b.box.title}`),
    ...free.flatMap(({ text, at }) =>
      boxes.filter((box) => overlap(at, box)).map((box) => `"${text}" lies on the box ${box.box.title}`),
    ),
    ...[...free, ...inside].filter(({ at }) => !holds(paper, at)).map(({ text }) => `"${text}" leaves the paper`),
    ...inside
      .filter(({ box, at }) => !holds(box, at))
      .map(({ box, text }) => `"${text}" leaves the box ${box.box.title}`),
    ...segments.flatMap(({ edge, at }) =>
      boxes
        .filter(({ box, ...rectangle }) => box.id !== edge.from && box.id !== edge.to && overlap(at, rectangle))
        .map(({ box }) => `the line from ${edge.from} to ${edge.to} runs through ${box.title}`),
    ),
  ]
}

test.each(some(pictures, 4))('%s', (_, make) => {
  const picture = make()
  const placed = laidOut(picture)
  expect(faults(placed)).toEqual([])
  expect(placed.boxes.map(({ box }) => box.id).toSorted()).toEqual(picture.boxes.map(({ id }) => id).toSorted())
  expect(placed.lines.map(({ edge }) => edge)).toEqual(
    expect.arrayContaining(picture.edges.filter(({ from, to }) => from !== to) as never[]),
  )
  expect(placed.frames.map(({ title }) => title)).toEqual(
    expect.arrayContaining(
      picture.frames.filter(({ id }) => picture.boxes.some((box) => box.frame === id)).map(({ id }) => id),
    ),
  )
})

test('a fault is found', () => {
  const placed = laidOut(ofServices(2))
  const [first] = placed.boxes
  if (!first) throw new Error('nothing is drawn')
  const moved = placed.boxes.map((each) => ({ ...each, x: first.x, y: first.y }))
  expect(faults({ ...placed, boxes: moved }).length).toBeGreaterThan(5)
  expect(faults({ ...placed, texts: [...placed.texts, ...placed.texts] }).length).toBeGreaterThan(2)
})

describe('widths', () => {
  test('ten services are as narrow as two, for a phone', () => {
    const [two, ten] = [laidOut(ofServices(2)), laidOut(ofServices(10))]
    expect(ten.width).toBe(two.width)
    expect(ten.width).toBeLessThanOrEqual(660)
    // At 360 pixels, the smallest text is still as high as small print.
    const smallest = Math.min(...[...ten.texts, ...ten.boxes.flatMap(({ texts }) => texts)].map(({ size }) => size))
    expect((smallest * 360) / ten.width).toBeGreaterThan(6.5)
  })

  test('what does not fit ends with an ellipsis, within its room', () => {
    for (const room of [40, 60, 200]) expect(measured(fitted('A'.repeat(80), 14, room), 14)).toBeLessThanOrEqual(room)
    expect(fitted('short', 14, 200)).toBe('short')
  })
})
