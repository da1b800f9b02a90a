import { TooMuch, Unreadable, UnreadableTemplate } from './errors.ts'
import { readJson } from './json.ts'
import { largestTemplate } from './limits.ts'
import type { Node, Source } from './node.ts'
import { position } from './positions.ts'
import { readYaml } from './yaml.ts'

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
  if (/^\s*\{\s*["}]/.test(text)) {
    try {
      return readJson(text)
    } catch (error) {
      if (!(error instanceof Unreadable) || error instanceof TooMuch) throw error
      try {
        return readYaml(text)
      } catch {
        throw error
      }
    }
  }
  return readYaml(text)
}
