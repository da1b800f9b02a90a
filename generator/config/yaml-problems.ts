/** What is wrong with the text before anybody asks what it means. */
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type Scalar, visit, type YAMLError } from 'yaml'
import type { Diagnostic } from '../errors/diagnostic.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import { show } from '../errors/show.ts'
import { place, type Range, type Source } from './positions.ts'
import { unclosed } from './unclosed.ts'

type Problem = Omit<Diagnostic, 'path'>

const SYNTAX: Readonly<Record<string, Pick<Problem, 'message' | 'remedy'>>> = {
  TAB_AS_INDENT: { message: 'a tab indents this line', remedy: 'indent with spaces; YAML does not allow tabs' },
  MULTIPLE_DOCS: { message: 'a second document starts here', remedy: 'keep one config per file, and remove the ---' },
  BAD_ALIAS: {
    message: 'an alias that names nothing',
    remedy: 'text that starts with * needs quotes, such as "*" or "*.example.com"',
  },
  BLOCK_IN_FLOW: {
    message: 'a ": " or "- " where YAML expects a value',
    remedy: 'put text that contains ": " or starts with "- " in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second ": " in one line, or a value that ends with ":"',
    remedy: 'put text that contains ": " or ends with ":" in quotes; an inner key goes on a line of its own',
  },
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const syntaxProblem = (error: YAMLError): Problem => {
  const known = SYNTAX[error.code]
  return {
    code: 'PC100',
    message: known?.message ?? `not YAML: ${lowerFirst(error.message.split('\n')[0] ?? '').replace(/\.$/, '')}`,
    why: 'nothing after a syntax error can be read with confidence, so other mistakes are not shown yet',
    remedy:
      known?.remedy ??
      'correct the line; text that contains ": " or " #", or starts with one of * & ! % @ ` { [, needs quotes',
  }
}

/** `{ COLOR: #fff }` hides its own closing brace, and only a later line shows it. */
const hiddenByComment = (source: Source, error: YAMLError): Range | undefined => {
  if (error.code !== 'BAD_INDENT' && error.code !== 'MISSING_CHAR') return undefined
  const found = /[{[][^\n]*[:,[{][ \t]+(#\S.*)\s*$/.exec(source.text.slice(0, error.pos[0]))
  const comment = found?.[1]
  if (found === null || comment === undefined) return undefined
  const start = found.index + found[0].indexOf(comment)
  return [start, start + comment.trimEnd().length]
}

/** The first error only: what the parser says after it is about a text that nobody wrote. */
export const syntaxProblems = (source: Source): LocatedDiagnostic[] =>
  source.document.errors.slice(0, 1).map((error) => {
    const open = hiddenByComment(source, error) === undefined ? unclosed(source, error) : undefined
    if (open !== undefined) return open
    const comment = hiddenByComment(source, error)
    return comment === undefined
      ? place(source, { path: [], ...syntaxProblem(error) }, [error.pos[0], error.pos[1]])
      : place(
          source,
          {
            path: [],
            code: 'PC100',
            message: 'a comment starts here, and hides the bracket that should close',
            remedy: 'text that starts with # needs quotes; a comment goes to the end of its line',
          },
          comment,
        )
  })

const rangeOf = (node: Node): Range => [node.range?.[0] ?? 0, node.range?.[1] ?? 0]

const QUOTE_WHY = 'YAML reads it as a number, and leading or trailing zeros and the like get lost'

const keyProblem = (pair: Pair): Problem | undefined => {
  const key = pair.key
  if (!isScalar(key))
    return { code: 'PC103', message: 'a key must be text', remedy: 'write a plain name before the colon' }
  if (key.value === '__proto__') return { code: 'PC101', message: 'unknown key "__proto__"', remedy: 'remove it' }
  if (typeof key.value === 'string') return undefined
  const written = key.source ?? String(key.value)
  return written === ''
    ? { code: 'PC103', message: 'the key before this colon is empty', remedy: 'write a name before the colon' }
    : {
        code: 'PC107',
        message: `the key ${written} is not text`,
        why: QUOTE_WHY,
        remedy: `put it in quotes: "${written}"`,
      }
}

const scalarProblem = (scalar: Scalar): Problem | undefined => {
  if (typeof scalar.value !== 'number' || scalar.source === undefined || String(scalar.value) === scalar.source)
    return undefined
  return {
    code: 'PC107',
    message: `${scalar.source} would be read as ${scalar.value}`,
    why: QUOTE_WHY,
    remedy: `put it in quotes if it is text, such as an account id: "${scalar.source}"; write ${scalar.value} if it is a number`,
  }
}

/** Aliases, tags, keys twice, numbers that are not what they look like. */
export const nodeProblems = (source: Source): LocatedDiagnostic[] => {
  const problems: LocatedDiagnostic[] = []
  const report = (node: Node, problem: Problem, path: Diagnostic['path'] = []): void => {
    problems.push(place(source, { path, ...problem }, rangeOf(node)))
  }
  if (source.document.directives?.yaml.explicit === true)
    problems.push(
      place(
        source,
        {
          path: [],
          code: 'PC108',
          message: 'the file starts with a %YAML directive',
          remedy: 'remove it; a config is YAML 1.2',
        },
        [0, 5],
      ),
    )
  const aliases = new Set<string>()
  visit(source.document, { Alias: (_, { source: name }) => void aliases.add(name) })
  visit(source.document, {
    Node: (at, node) => {
      if (!isAlias(node) && node.anchor !== undefined && !aliases.has(node.anchor))
        report(node, {
          code: 'PC108',
          message: `the anchor &${node.anchor}, which is not part of the value`,
          why: 'YAML takes text that starts with & for a name, so it would get lost',
          remedy: 'put it in quotes if it is text; otherwise remove it',
        })
      if (isAlias(node))
        report(node, {
          code: 'PC108',
          message: `the alias *${node.source}`,
          why: 'YAML takes text that starts with * for the name of another value, and a config spells out every value in its place',
          remedy: `put it in quotes if it is text: "*${node.source}"; otherwise repeat the value`,
        })
      else if (node.tag !== undefined && (isScalar(node) || isMap(node) || isSeq(node)))
        report(node, {
          code: 'PC108',
          message: `the tag ${node.tag}`,
          why: 'a config is plain data; CloudFormation functions have no place in it',
          remedy: 'write the plain value; text that starts with ! needs quotes',
        })
      else if (isScalar(node) && at !== 'key') {
        const problem = scalarProblem(node)
        if (problem !== undefined) report(node, problem)
      }
      if (!isMap(node)) return
      const seen = new Map<unknown, Node>()
      for (const pair of node.items) {
        const key = pair.key
        if (!isNode(key)) continue
        const problem = keyProblem(pair)
        if (problem !== undefined) report(key, problem)
        if (!isScalar(key)) continue
        const first = seen.get(key.value)
        if (first === undefined) seen.set(key.value, key)
        else {
          const { line, col } = source.lines.linePos(rangeOf(first)[0])
          report(key, {
            code: 'PC105',
            message: `duplicate key ${show(key.value)} (see also ${line}:${col})`,
            why: 'only one of the two would take effect',
            remedy: 'keep one of them',
          })
        }
      }
    },
  })
  return problems
}
