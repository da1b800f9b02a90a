/** The lines between boxes, each source or target in a lane of its own, with their labels. */
import { fitted } from './measure.ts'
import type { Edge } from './picture.ts'
import { type Line, labelRoom, lane, type PlacedBox, size, type Text } from './placed.ts'
import { portsOf } from './ports.ts'
import type { Route } from './routes.ts'

export type Space = {
  readonly middle: number
  /** Where boxes begin and end. */
  readonly left: number
  readonly right: number
  /** Lanes by way, from the inside outwards. */
  readonly lanes: (way: Route['way']) => readonly string[]
}

/** Lanes from the middle outwards: the first is the middle itself. */
const offset = (index: number): number => (index % 2 === 0 ? 1 : -1) * Math.ceil(index / 2) * lane

function laneOf({ way, lane: name }: Route, { middle, left, right, lanes }: Space): number {
  const index = lanes(way).indexOf(name)
  if (way === 'left') return left - labelRoom + 8 - index * lane
  return way === 'right' ? right + labelRoom - 8 + index * lane : middle + offset(index)
}

type Point = readonly [number, number]

export function linesOf(
  routes: readonly Route[],
  boxes: ReadonlyMap<string, PlacedBox>,
  space: Space,
): { readonly lines: readonly Line[]; readonly texts: readonly Text[] } {
  const port = portsOf(routes, boxes)
  const lines: Line[] = []
  const texts: Text[] = []
  /** Lanes that come in at the top of a box, and what they carry. */
  const tops = new Map<string, { x: number; edges: Edge[] }>()
  const labelled = new Set<string>()
  const label = (text: Text): void => {
    const key = JSON.stringify([text.x, text.y])
    if (text.text !== '' && !labelled.has(key)) texts.push(text)
    labelled.add(key)
  }
  for (const route of routes) {
    const { edge, way, from: seat, to: goal } = route
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
    if (!from || !to) continue
    const x = laneOf(route, space)
    const start = port(route, 'out')
    const exit: readonly Point[] =
      seat.column === 'single' && (way === 'straight' || way === 'gutter')
        ? [[x, from.y + from.height]]
        : [
            [sideOf(from, way, space), start],
            [x, start],
          ]
    if (way === 'straight') {
      lines.push({ edge, points: [...exit, [x, to.y]] })
      // Between two frames it stands on the line of neither.
      const isLeaving = seat.row.frame !== undefined && seat.row.frame !== goal.row.frame
      label(labelAt(edge, x + 8, from.y + from.height + (isLeaving ? 38 : 22), 'start', 150))
    } else if (way === 'gutter' && goal.column === 'single') {
      lines.push({ edge, points: [...exit, [x, to.y]] })
      const known = tops.get(edge.to) ?? { x, edges: [] }
      tops.set(edge.to, { x: Math.max(known.x, x), edges: [...known.edges, edge] })
    } else if (route.isOver) {
      const [center, above] = [to.x + to.width / 2, to.y - 16]
      lines.push({ edge, points: [...exit, [x, above], [center, above], [center, to.y]] })
      label(labelAt(edge, center + 8, to.y - 3, 'start', to.width / 2 - 16))
    } else {
      const [end, side] = [port(route, 'in'), sideOf(to, way, space)]
      lines.push({ edge, points: [...exit, [x, end], [side, end]] })
      const isRightOf = x > side
      label(
        labelAt(
          edge,
          isRightOf ? side + 12 : side - 12,
          end - 5,
          isRightOf ? 'start' : 'end',
          labelRoom - 16 + (goal.column === 'single' ? 50 : 0),
        ),
      )
    }
  }
  for (const [id, { x, edges }] of tops) {
    const to = boxes.get(id)
    const named = edges.filter((edge) => edge.label !== '')
    const [first] = named
    if (!to || !first) continue
    const all = [...new Set(named.map((edge) => edge.label))].join(', ')
    label(labelAt({ ...first, label: all }, x + 8, to.y - 8, 'start', 150))
  }
  return { lines, texts }
}

/** The side of a box that a line leaves or meets. */
const sideOf = (box: PlacedBox, way: Route['way'], { middle }: Space): number => {
  if (way === 'left') return box.x
  if (way === 'right') return box.x + box.width
  return box.x < middle ? box.x + box.width : box.x
}

/** The name of a claim is there as a whole or not at all. */
function labelAt({ label, kind }: Edge, x: number, y: number, anchor: Text['anchor'], room: number): Text {
  const text = fitted(label, size.label, room)
  return {
    text: kind === 'forbidden' && text !== label ? '' : text,
    x,
    y,
    size: size.label,
    anchor,
    role: 'label',
    kind,
  }
}
