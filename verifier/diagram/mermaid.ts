/** A picture as Mermaid text, as GitHub and GitLab draw it. */
import { visible } from '../report/visible.ts'
import type { Box, Edge, Picture } from './picture.ts'

const arrows: Readonly<Record<Edge['kind'], string>> = {
  'way-in': '==>',
  allowed: '-->',
  blocked: '-.-x',
  forbidden: '==>',
}

export function mermaid({ boxes, edges, frames, verdict }: Picture): string {
  // No name of a template is a name of Mermaid's.
  const names = new Map(boxes.map(({ id }, index) => [id, `n${index}`]))
  const name = (id: string): string => names.get(id) ?? ''
  const shown = edges.filter(({ from, to }) => names.has(from) && names.has(to))
  const node = (box: Box): string => {
    const label = `"${[`<b>${escaped(box.title)}</b>`, ...box.lines.map(escaped), ...(box.groups ?? []).map((group) => `<i>${escaped(group)}</i>`)].join('<br/>')}"`
    return box.kind === 'client' ? `${name(box.id)}([${label}])` : `${name(box.id)}[${label}]`
  }
  const apis = boxes.filter(({ kind }) => kind === 'api')
  const isFree = (box: Box): boolean => box.kind !== 'api' && !frames.some(({ id }) => id === box.frame)
  const ofKind = (kind: Edge['kind']): readonly number[] =>
    shown.flatMap((edge, index) => (edge.kind === kind ? [index] : []))
  const styled = (kind: Edge['kind'], style: string): readonly string[] => {
    const all = ofKind(kind)
    return all.length === 0 ? [] : [`  linkStyle ${all.join(',')} ${style}`]
  }
  const onWay = new Set(shown.filter(({ kind }) => kind === 'way-in').flatMap(({ from, to }) => [from, to]))
  const inClass = (which: string, all: readonly Box[]): readonly string[] =>
    all.length === 0 ? [] : [`  class ${all.map(({ id }) => name(id)).join(',')} ${which}`]
  return [
    'flowchart TB',
    ...boxes.filter(isFree).map((box) => `  ${node(box)}`),
    ...(apis.length === 0
      ? []
      : ['  subgraph aws["API Gateway, run by AWS"]', ...apis.map((box) => `    ${node(box)}`), '  end']),
    ...frames.flatMap((frame, index) => [
      `  subgraph f${index}["${escaped([frame.title, ...frame.lines].join(' · '))}<br/>${frame.zones.map(({ title, subnets }) => escaped(`${title}: ${subnets.join(', ')}`)).join('<br/>')}"]`,
      ...boxes.filter((box) => box.frame === frame.id && box.kind !== 'api').map((box) => `    ${node(box)}`),
      '  end',
    ]),
    ...shown.map(
      ({ from, to, label, kind }) =>
        `  ${name(from)} ${arrows[kind]}${label === '' ? '' : `|"${escaped(label)}"|`} ${name(to)}`,
    ),
    `  verdict["${escaped(verdict.text)}"]`,
    ...styled('way-in', 'stroke:#1a7f37,stroke-width:3px'),
    ...styled('forbidden', 'stroke:#cf222e,stroke-width:3px'),
    '  classDef way stroke:#1a7f37,stroke-width:2px',
    '  classDef bad stroke:#cf222e,stroke-width:2px',
    '  classDef verdict stroke:none,fill:none',
    ...inClass(
      'way',
      boxes.filter(({ id }) => onWay.has(id)),
    ),
    ...inClass(
      'bad',
      boxes.filter(({ kind }) => kind === 'intruder'),
    ),
    '  class verdict verdict',
    '',
  ].join('\n')
}

/** Entities as Mermaid writes them; a label in quotes ends at nothing else. */
const escaped = (text: string): string =>
  visible(text).replace(/[#&<>"'`;\\{}|[\]()]/g, (character) => `#${character.charCodeAt(0)};`)
