/**
 * Which way a line takes: straight down, between the two columns, or beside all boxes where a row of one box is in between.
 */
import type { Edge } from './picture.ts'
import type { Row } from './rows.ts'

export type Column = 'single' | 'left' | 'right'
/** Where a box stands: in which row, and where in it. */
export type Seat = { readonly row: Row; readonly index: number; readonly column: Column }

export type Route = {
  readonly edge: Edge
  readonly from: Seat
  readonly to: Seat
  readonly way: 'straight' | 'gutter' | 'left' | 'right'
  /** It comes from the other side, and so ends at the top. */
  readonly isOver: boolean
  /** Lines of one source, or of one target, share a lane. */
  readonly lane: string
}

export function routeOf(edge: Edge, from: Seat, to: Seat, rows: readonly Row[]): Route {
  const [first, last] = [Math.min(from.index, to.index), Math.max(from.index, to.index)]
  const isCrossing = rows.slice(first + 1, last).some(({ isSingle }) => isSingle)
  const isUp = from.index >= to.index && (from.row.isSingle || to.row.isSingle)
  const route = { edge, from, to, isOver: false }
  if (from.row.isSingle && to.row.isSingle && last === first + 1 && !isUp)
    return { ...route, way: 'straight', lane: '' }
  if (isCrossing || isUp) {
    const way = from.column !== 'single' ? from.column : to.column === 'right' ? 'right' : 'left'
    const isOver = to.column !== 'single' && to.column !== way
    return { ...route, way, isOver, lane: `${edge.kind} to ${edge.to}` }
  }
  const isOfSource = from.row.isSingle && (edge.kind !== 'forbidden' || to.row.isSingle)
  return { ...route, way: 'gutter', lane: isOfSource ? `from ${edge.from}` : `${edge.kind} to ${edge.to}` }
}
