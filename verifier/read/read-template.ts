import { readBlockYaml } from './block-yaml.ts'
import { Unreadable, UnreadableTemplate } from './errors.ts'
import { readFullYaml } from './full-yaml.ts'
import { readJson } from './json.ts'
import type { Node, Source } from './node.ts'
import { position } from './positions.ts'

/** CloudFormation takes at most 1 MB; a SAM source may be longer before it is transformed. */
export const largestTemplate = 2 * 1024 * 1024

/** Text -> nodes with positions. Throws UnreadableTemplate for what is not a template. */
export function readTemplate(path: string, text: string): Source {
  try {
    if (text.length > largestTemplate) throw new Unreadable(0, `longer than ${largestTemplate} characters`)
    const root = readNodes(text)
    if (root.kind !== 'map') throw new Unreadable(root.at, 'a template is a map with a section Resources')
    const resources = root.entries.get('Resources')
    if (resources?.node.kind !== 'map')
      throw new Unreadable(resources?.at ?? root.at, 'a template needs a section Resources that is a map')
    for (const [id, entry] of resources.node.entries)
      if (entry.node.kind !== 'map' && !id.startsWith('Fn::'))
        throw new Unreadable(entry.at, `the resource ${id} is not a map`)
    return { path, text, root }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { line, column } = position({ text }, Math.min(error.at, text.length))
    throw new UnreadableTemplate(path, line, column, error.message)
  }
}

export function readNodes(text: string): Node {
  if (/^\s*\{/.test(text)) {
    try {
      return readJson(text)
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      try {
        return readFullYaml(text)
      } catch {
        throw error
      }
    }
  }
  const odd = oddBreak.exec(text)
  if (odd)
    throw new Unreadable(odd.index, 'a line break that not every reader takes for one; end lines with LF or CR LF')
  return readBlockYaml(text) ?? readFullYaml(text)
}

/** What follows is a comment to some readers and a line to others, https://yaml.org/spec/1.1/#b-char */
const oddBreak = /\r(?!\n)|[\u0085\u2028\u2029]/
