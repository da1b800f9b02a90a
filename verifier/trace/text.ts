/** A trace for a person: hop by hop, how it ends, and with which other values it ends otherwise. */
import { type Paint, wrapped } from '../report/text.ts'
import { visibleTexts } from '../report/visible.ts'
import type { Trace, Way } from './trace.ts'
import type { Hop, Outcome } from './walk.ts'

const plain: Paint = (text) => text
const widest = 36

export function traceText(raw: Trace, paint: Paint = plain): string {
  const { request, ways, forks } = visibleTexts(raw)
  const { method, path, query, host, headers, from } = request
  const line = `${method} ${path}${query === undefined ? '' : `?${query}`}`
  return [
    paint(
      `${line}${host === undefined ? '' : ` at ${host}`}${from === undefined ? '' : `, past the API, from ${from}`}`,
      'bold',
    ),
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    ...ways.flatMap((way) => ['', ...drawn(way, paint)]),
    ...forks.flatMap(({ when, ways }) => [
      '',
      paint(
        `otherwise when ${Object.entries(when)
          .map(([name, value]) => `${name}=${value}`)
          .join(', ')}`,
        'yellow',
      ),
      ...ways.map(({ to, outcome }) => `  ${to}: ${outcomeText(outcome)}`),
    ]),
    '',
  ].join('\n')
}

function drawn({ to, hops, outcome }: Way, paint: Paint): readonly string[] {
  const width = Math.min(widest, Math.max(0, ...hops.map(({ node }) => node.length)))
  return [
    `to ${to}`,
    ...hops.flatMap((hop) => hopLines(hop, width, paint)),
    `  ${paint(`=> ${outcomeText(outcome)}`, colours[outcome.is])}`,
  ]
}

const colours = { reaches: 'green', answered: 'yellow', stopped: 'red', unknown: 'yellow' } as const
const marks: Readonly<Record<Hop['is'], string>> = { passes: '->', stops: 'x ', unknown: '? ' }

/** Where it is written stands at the end of the line, or below it where the line is full. */
function hopLines({ node, says, is, file, line }: Hop, width: number, paint: Paint): readonly string[] {
  const room = 110 - width
  const lines = wrapped(says, room)
  const place = file === undefined ? [] : [`[${file}:${line}]`]
  const last = lines.pop() ?? ''
  const [first = '', ...rest] = [
    ...lines,
    ...([last, ...place].join('  ').length > room ? [last, ...place] : [[last, ...place].join('  ')]),
  ]
  const indent = ' '.repeat(5 + width + 2)
  return [`  ${marks[is]} ${node.padEnd(width)}  ${first}`, ...rest.map((each) => `${indent}${each}`)].map((each) =>
    is === 'passes' ? each : paint(each, is === 'stops' ? 'red' : 'yellow'),
  )
}

/** How a request ends, in a line. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.is) {
    case 'reaches': {
      const { target, container, port, needs } = outcome
      const at = [
        container === undefined ? [] : [`container ${container}`],
        port === undefined ? [] : [`port ${port}`],
      ].flat()
      return `reaches ${[target, ...at].join(', ')}${needs.length > 0 ? `, given ${needs.join('; ')}` : ''}`
    }
    case 'answered':
      return `${outcome.status ?? 'an answer'} from ${outcome.by}: ${outcome.because}`
    case 'stopped':
      return `stopped by ${outcome.by}: ${outcome.because}`
    case 'unknown':
      return `not known, at ${outcome.at}: ${outcome.because}`
  }
}
