/**
 * Places for the boxes of a picture: from top to bottom in rows of one or two boxes, so that it is as narrow as a phone
 * needs.
 */
import { heightOf, placedBox, tagAround } from './box-places.ts'
import { headOf } from './frame-head.ts'
import { legendOf } from './legend.ts'
import { linesOf } from './lines.ts'
import type { Picture } from './picture.ts'
import {
  column,
  labelRoom,
  lane,
  margin,
  type Placed,
  type PlacedBox,
  type PlacedFrame,
  padding,
  type Rectangle,
  rowGap,
  single,
  type Text,
} from './placed.ts'
import { type Route, routeOf, type Seat } from './routes.ts'
import { type Row, rowsOf } from './rows.ts'

export function laidOut(picture: Picture): Placed {
  const rows = rowsOf(picture)
  const seats = new Map(
    rows.flatMap((row, index) =>
      row.boxes.map((box, place): readonly [string, Seat] => [
        box.id,
        { row, index, column: row.isSingle ? 'single' : isRight(row, place) ? 'right' : 'left' },
      ]),
    ),
  )
  const routes = picture.edges.flatMap((edge): Route[] => {
    const [from, to] = [seats.get(edge.from), seats.get(edge.to)]
    return from && to && edge.from !== edge.to ? [routeOf(edge, from, to, rows)] : []
  })
  // The way in has the lane in the middle.
  const isOfWay = (name: string): boolean => routes.some((each) => each.lane === name && each.edge.kind === 'way-in')
  const lanes = (way: Route['way']): readonly string[] =>
    [...new Set(routes.filter((each) => each.way === way).map((each) => each.lane))].toSorted(
      (a, b) => Number(isOfWay(b)) - Number(isOfWay(a)),
    )
  const beside = (way: Route['way']): number => (lanes(way).length > 0 ? labelRoom + lanes(way).length * lane : 0)
  const gutter = Math.max(2 * labelRoom, 2 * labelRoom - 30 + lanes('gutter').length * lane)
  const left = margin + padding + beside('left')
  const right = left + 2 * column + gutter
  const width = right + beside('right') + padding + margin
  const middle = (left + right) / 2

  // Boxes and frames, row by row.
  const boxes = new Map<string, PlacedBox>()
  const frames: PlacedFrame[] = []
  let y = margin
  let open:
    | {
        readonly id: string
        readonly top: number
        readonly texts: readonly Text[]
        readonly cells: readonly Rectangle[]
      }
    | undefined
  const frameX = margin
  const close = (): void => {
    if (!open) return
    y += padding - rowGap
    frames.push({
      x: frameX,
      y: open.top,
      width: width - 2 * margin,
      height: y - open.top,
      title: open.id,
      texts: open.texts,
      cells: open.cells.map((cell) => ({ ...cell, height: y - padding / 2 - cell.y })),
    })
    y += rowGap
    open = undefined
  }
  for (const row of rows) {
    if (open && open.id !== row.frame) close()
    if (!open && row.frame !== undefined) {
      const head = headOf(
        picture.frames.find(({ id }) => id === row.frame),
        row.frame,
        left - padding,
        y,
        right - left + 2 * padding,
      )
      open = { id: row.frame, top: y, texts: head.texts, cells: head.cells }
      y += head.height
    }
    const sides = row.boxes.map((box) => routes.filter(({ edge }) => edge.from === box.id || edge.to === box.id).length)
    const heights = row.boxes.map((box, index) =>
      heightOf(box, row.isSingle ? single : column, row.isSingle ? 0 : (sides[index] ?? 0)),
    )
    const height = Math.max(...heights)
    row.boxes.forEach((box, index) => {
      const boxWidth = row.isSingle ? single : column
      const x = row.isSingle ? middle - single / 2 : isRight(row, index) ? right - column : left
      boxes.set(box.id, placedBox(box, { x, y, width: boxWidth, height: heights[index] ?? height }))
    })
    y += height + rowGap
  }
  close()

  const { lines, texts } = linesOf(routes, boxes, { middle, left, right, lanes })
  const legend = legendOf(picture, y, width)
  return {
    width,
    height: legend.bottom + margin,
    boxes: [...boxes.values()],
    frames,
    lines,
    texts: [...texts, ...legend.texts],
    tags: legend.texts.filter(({ role }) => role === 'group').map(tagAround),
  }
}

const isRight = ({ boxes, side }: Row, index: number): boolean =>
  index === 1 || (side === 'right' && boxes.length === 1)
