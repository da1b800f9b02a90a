import { isCollection, isScalar, visit, type YAMLError } from 'yaml'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { place, type Source } from './positions.ts'

const CLOSES: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" }

/** A bracket or quote that nothing closes: the parser complains where it stops looking, people look where it opens. */
export const unclosed = (source: Source, error: YAMLError): LocatedDiagnostic | undefined => {
  if (!/^(?:Flow \w+ in block|Missing closing)/.test(error.message)) return undefined
  let start: number | undefined
  visit(source.document, {
    Node: (_, node) => {
      const spans = isCollection(node) ? node.flow === true : isScalar(node) && node.type?.startsWith('QUOTE') === true
      if (spans && node.range?.[1] === error.pos[0]) start = Math.max(start ?? 0, node.range[0])
    },
  })
  const opening = start === undefined ? undefined : source.text.charAt(start)
  const closing = CLOSES[opening ?? '']
  if (start === undefined || closing === undefined) return undefined
  return place(
    source,
    {
      path: [],
      code: 'PC100',
      message: `the ${opening === closing ? 'quote' : 'bracket'} ${opening} opens here, and nothing closes it`,
      why: 'nothing after a syntax error can be read with confidence, so other mistakes are not shown yet',
      remedy: `close it with ${closing}`,
    },
    [start, start + 1],
  )
}
