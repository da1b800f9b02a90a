/** The height of a box, and its texts inside. */
import { broken, fitted, measured } from './measure.ts'
import type { Box } from './picture.ts'
import { type PlacedBox, type Rectangle, size, step, type Text } from './placed.ts'

const textWidth = (boxWidth: number): number => boxWidth - 2 * 10

function linesIn(box: Box, boxWidth: number): readonly string[] {
  const all = box.lines.flatMap((line) => broken(line, size.detail, textWidth(boxWidth)))
  return all.length > 8 ? [...all.slice(0, 7), `and ${all.length - 7} more lines`] : all
}

/** A security group is a tag of its own line. */
const tag = 22

function groupsIn({ groups = [] }: Box): readonly string[] {
  return groups.length > 3 ? [...groups.slice(0, 2), `and ${groups.length - 2} more`] : groups
}

const textHeight = (box: Box, boxWidth: number): number =>
  22 + linesIn(box, boxWidth).length * step + groupsIn(box).length * tag

export const heightOf = (box: Box, boxWidth: number, sides: number): number =>
  Math.max(textHeight(box, boxWidth) + 16, (sides + 1) * 20)

export function placedBox(box: Box, { x, y, width, height }: Rectangle): PlacedBox {
  const center = x + width / 2
  const lines = linesIn(box, width)
  const top = y + (height - textHeight(box, width)) / 2
  const titleSize = [size.title, size.title - 1, size.title - 2, size.title - 3].find(
    (each) => measured(box.title, each, true) <= textWidth(width),
  )
  const title: Text = {
    text: fitted(box.title, titleSize ?? size.title - 2, textWidth(width), true),
    x: center,
    y: top + 16,
    size: titleSize ?? size.title - 2,
    anchor: 'middle',
    isBold: true,
    role: 'title',
  }
  const details = lines.map(
    (text, index): Text => ({
      text,
      x: center,
      y: top + 16 + (index + 1) * step,
      size: size.detail,
      anchor: 'middle',
      role: 'detail',
    }),
  )
  const below = top + 22 + lines.length * step
  const groups = groupsIn(box).map((name, index): Text => {
    const text = fitted(name, size.group, textWidth(width) - 12)
    return { text, x: center, y: below + index * tag + 15, size: size.group, anchor: 'middle', role: 'group' }
  })
  const tags = groups.map((text): Rectangle => tagAround(text))
  return { box, x, y, width, height, texts: [title, ...details, ...groups], tags }
}

/** Round a text that stands in the middle of it. */
export function tagAround({ text, x, y, size: of }: Text): Rectangle {
  const width = measured(text, of) + 12
  return { x: x - width / 2, y: y - 13, width, height: 18 }
}
