/** A trace for a person: hop by hop, how it ends, and with which other values it ends otherwise. */
import { type Paint, wrapped } from '../report/text.ts'
import { visibleTexts } from '../report/visible.ts'
import type { Fork, Hop, Outcome, Trace, Way } from './found.ts'

const plain: Paint = (text) => text
/** Characters that a page on GitHub shows in a line. */
const widest = 88

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
      paint(forkText(when), 'yellow'),
      ...ways.map(({ to, outcome }) => `  ${to}: ${outcomeText(outcome)}`),
    ]),
    '',
  ].join('\n')
}

function drawn({ to, hops, outcome }: Way, paint: Paint): readonly string[] {
  const [first = '', ...rest] = wrapped(outcomeText(outcome), widest - 5)
  return [
    `to ${to}`,
    ...hops.flatMap((hop) => hopLines(hop, paint)),
    ...[`  => ${first}`, ...rest.map((line) => `     ${line}`)].map((line) => paint(line, colours[outcome.is])),
  ]
}

const colours = { reaches: 'green', answered: 'yellow', stopped: 'red', unknown: 'yellow' } as const
const marks: Readonly<Record<Hop['is'], string>> = { passes: '->', stops: 'x ', unknown: '? ' }

/** What it is and where it is written, and below it what it says. */
function hopLines({ node, says, is, file, line }: Hop, paint: Paint): readonly string[] {
  const place = file === undefined ? '' : `  [${file}:${line}]`
  return [`  ${marks[is]} ${node}${place}`, ...wrapped(says, widest - 7).map((each) => `       ${each}`)].map((each) =>
    is === 'passes' ? each : paint(each, is === 'stops' ? 'red' : 'yellow'),
  )
}

/** With which other values it ends otherwise. */
export const forkText = (when: Fork['when']): string =>
  `otherwise when ${Object.entries(when)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')}`

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
