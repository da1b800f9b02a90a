/** What refuted claims found, as red edges and boxes of a picture. */
import type { ClaimReport, Report } from '../report/report.ts'
import { client } from './draw.ts'
import { internet } from './other-edges.ts'
import type { Box, Edge, Picture } from './picture.ts'

/** The picture with the paths that are open and should not be, and what the proof says. */
export function withProof(picture: Omit<Picture, 'verdict'>, report: Report): Picture {
  // Where there is no way in, there is nothing to draw.
  const refuted = report.claims.filter(({ verdict, id }) => verdict === 'refuted' && id !== 'way-in-exists')
  let { boxes, edges } = picture
  for (const claim of refuted) {
    const found = pathOf(claim, boxes)
    boxes = [...boxes, ...found.boxes.filter(({ id }) => !boxes.some((box) => box.id === id))]
    const isNew = (edge: Edge): boolean => !edges.some((each) => each.kind === 'forbidden' && isSame(each, edge))
    // What is forbidden takes the place of the same edge that is not.
    edges = [
      ...edges.filter((each) => each.kind === 'forbidden' || !found.edges.some((edge) => isSame(each, edge))),
      ...found.edges.filter(isNew),
    ]
  }
  return { ...picture, boxes, edges, verdict: { is: report.verdict, text: verdictOf(report) } }
}

const isSame = (a: Edge, b: Edge): boolean => a.from === b.from && a.to === b.to

function verdictOf({ verdict, claims }: Report): string {
  const of = (wanted: string) => claims.filter((claim) => claim.verdict === wanted)
  if (verdict === 'proved') return `Proved: no other way in (${claims.length} claims)`
  if (verdict === 'refuted') return `Refuted: ${[...new Set(of('refuted').map(({ id }) => id))].join(', ')}`
  return `Not proved: ${of('undecided').length} of ${claims.length} claims undecided`
}

/** Values of parameters that open it; the picture may be of others. */
const whenOf = ({ when = {} }: ClaimReport): string =>
  Object.keys(when).length === 0
    ? ''
    : `, when ${Object.entries(when)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ')}`

type Found = { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] }

/** Consecutive hops that are drawn are joined; what comes before or after them is a box of its own. */
function pathOf(claim: ClaimReport, boxes: readonly Box[]): Found {
  const hops = (claim.path ?? []).map((hop, index) => ({ hop, box: boxOf(hop.node, boxes, index > 0) }))
  const drawn = hops.filter(({ box }) => box !== undefined)
  const [first, last] = [hops[0], hops.at(-1)]
  const label = hops.flatMap(({ hop }) => hop.via ?? [])[0] ?? claim.id
  const because = [
    { says: `${claim.id}: ${claim.because}${whenOf(claim)}` },
    ...(claim.path ?? []).map(({ node, via, ...place }) => ({
      says: via === undefined ? node : `${node} (${via})`,
      ...place,
    })),
  ]
  const forbidden = (from: string, to: string, label = ''): Edge => ({ from, to, label, kind: 'forbidden', because })
  const edges: Edge[] = []
  for (const [index, { box }] of drawn.entries()) {
    const next = drawn[index + 1]?.box
    if (box && next && box !== next) edges.push(forbidden(box.id, next.id, claim.id))
  }
  const stranger = (node: string, frame: string | undefined): Box => ({
    id: `intruder ${claim.id} ${node}`,
    kind: 'intruder',
    title: claim.id,
    lines: [node, ...(label === claim.id || label === node ? [] : [label])],
    ...(frame === undefined ? {} : { frame }),
  })
  const added: Box[] = []
  const [entry, end] = [drawn[0]?.box, drawn.at(-1)?.box]
  if (!entry || !end) {
    const target = boxes.find((box) => box.title === claim.target)
    const box = stranger(
      claim.target === target?.title || !first ? claim.because : first.hop.node,
      (target ?? boxes.find(({ frame }) => frame))?.frame,
    )
    return { boxes: [box], edges: target ? [forbidden(box.id, target.id)] : [] }
  }
  if (first && first.box === undefined) {
    const box = stranger(first.hop.node, entry.frame)
    added.push(box)
    edges.unshift(forbidden(box.id, entry.id))
  }
  if (last && last.box === undefined) {
    const box = stranger(last.hop.node, end.frame)
    added.push(box)
    edges.push(forbidden(end.id, box.id))
  }
  if (edges.length === 0) {
    const box = stranger(claim.because, entry.frame)
    added.push(box)
    edges.push(forbidden(box.id, entry.id))
  }
  return { boxes: added, edges }
}

/** The box that a hop names, by its logical ID, with or without a port. */
function boxOf(node: string, boxes: readonly Box[], isEnd: boolean): Box | undefined {
  if (node === 'internet') return boxes.find(({ id }) => id === (isEnd ? internet : client))
  const name = node.replace(/:(?:\d+|\?)$/, '')
  return boxes.find(({ title, kind }) => kind !== 'client' && kind !== 'intruder' && title === name)
}
