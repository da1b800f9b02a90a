/** Where lines meet the sides of boxes: one place for each lane and direction, spread over the height. */
import type { PlacedBox } from './placed.ts'
import type { Route } from './routes.ts'

type Direction = 'in' | 'out'

/** The height at which a route leaves or meets its box. */
export function portsOf(
  routes: readonly Route[],
  boxes: ReadonlyMap<string, PlacedBox>,
): (route: Route, direction: Direction) => number {
  const sides = new Map<string, { readonly box: PlacedBox; readonly keys: Set<string> }>()
  for (const direction of ['in', 'out'] as const)
    for (const route of routes) {
      const box = boxes.get(endOf(route, direction))
      if (!box || !meetsSide(route, direction)) continue
      const name = sideName(route, direction)
      const side = sides.get(name) ?? { box, keys: new Set() }
      sides.set(name, side)
      side.keys.add(keyOf(route, direction))
    }
  return (route, direction) => {
    const side = sides.get(sideName(route, direction))
    if (!side) return 0
    const index = [...side.keys].indexOf(keyOf(route, direction))
    return side.box.y + ((index + 1) * side.box.height) / (side.keys.size + 1)
  }
}

const endOf = ({ edge }: Route, direction: Direction): string => (direction === 'in' ? edge.to : edge.from)

const meetsSide = ({ way, isOver, from, to }: Route, direction: Direction): boolean => {
  if (way === 'straight' || (isOver && direction === 'in')) return false
  return way !== 'gutter' || (direction === 'in' ? to : from).column !== 'single'
}

const sideName = (route: Route, direction: Direction): string => JSON.stringify([endOf(route, direction), route.way])
const keyOf = (route: Route, direction: Direction): string => `${direction} ${route.lane}`
