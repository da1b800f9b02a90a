/** The rows of a picture, from the clients down to what tasks reach. */
import type { Box, Picture } from './picture.ts'

export const apiFrame = 'API Gateway'

export type Row = {
  readonly boxes: readonly Box[]
  readonly frame: string | undefined
  readonly isSingle: boolean
  readonly side?: 'right'
}

export function rowsOf({ boxes, edges, frames }: Picture): readonly Row[] {
  const of = (kind: Box['kind'], frame?: string): readonly Box[] =>
    boxes.filter((box) => box.kind === kind && (kind === 'client' || kind === 'api' || box.frame === frame))
  const intruders = boxes.filter(({ kind }) => kind === 'intruder')
  const rows: Row[] = []
  const placed = new Set<string>()
  const add = (all: readonly Box[], frame: string | undefined): void => {
    if (all.length === 0) return
    const own = all.filter(({ id }) => !placed.has(id))
    if (own.length === 0) return
    for (const { id } of own) placed.add(id)
    const before = intruders.filter(
      ({ id }) => !placed.has(id) && edges.some(({ from, to }) => from === id && own.some((box) => box.id === to)),
    )
    for (const each of before) placed.add(each.id)
    for (const pair of pairs(before)) rows.push({ boxes: pair, frame, isSingle: false, side: 'right' })
    for (const pair of own.length === 1 ? [own] : pairs(own))
      rows.push({ boxes: pair, frame, isSingle: own.length === 1 })
    const after = intruders.filter(
      ({ id }) => !placed.has(id) && edges.some(({ from, to }) => to === id && own.some((box) => box.id === from)),
    )
    for (const each of after) placed.add(each.id)
    for (const pair of pairs(after)) rows.push({ boxes: pair, frame, isSingle: false, side: 'right' })
  }
  add(of('client'), undefined)
  add(of('api'), apiFrame)
  for (const { id } of frames) {
    add(of('link', id), id)
    for (const balancer of of('balancer', id)) {
      const alone = of('balancer', id).length === 1
      if (alone) add([balancer], id)
    }
    if (of('balancer', id).length > 1) add(of('balancer', id), id)
    add(of('service', id), id)
    add(of('worker', id), id)
    add(of('outside', id), id)
    const rest = intruders.filter((box) => box.frame === id && !placed.has(box.id))
    for (const each of rest) placed.add(each.id)
    for (const pair of pairs(rest)) rows.push({ boxes: pair, frame: id, isSingle: false, side: 'right' })
  }
  const left = boxes.filter(({ id }) => !placed.has(id))
  add(left, undefined)
  return rows
}

const pairs = (all: readonly Box[]): readonly (readonly Box[])[] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => all.slice(2 * index, 2 * index + 2))
