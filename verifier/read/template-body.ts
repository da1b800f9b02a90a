import { Unreadable } from './errors.ts'
import { readJson } from './json.ts'

/**
 * The template inside what `aws cloudformation get-template` prints, or undefined when the text is something else.
 * `TemplateBody` is an object for a template in JSON and a text for one in YAML,
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/get-template.html
 */
export function templateBody(text: string): string | undefined {
  if (!/^\s*\{\s*"(?:TemplateBody|StagesAvailable|ResponseMetadata)"/.test(text)) return undefined
  try {
    const root = readJson(text)
    const body = root.kind === 'map' ? root.entries.get('TemplateBody')?.node : undefined
    if (body?.kind === 'scalar' && body.type === 'string') return body.text
    if (body?.kind !== 'map') return undefined
    // Blanks around it keep every line where it was.
    const end = endOfObject(text, body.at)
    return blank(text.slice(0, body.at)) + text.slice(body.at, end) + blank(text.slice(end))
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

/** Behind the brace that closes the object; the text is known to be JSON. */
function endOfObject(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/g
  token.lastIndex = start
  let depth = 0
  for (;;) {
    const found = token.exec(text)?.[0]
    if (found === '{') depth++
    if (found === '}' && --depth === 0) return token.lastIndex
    if (found === undefined) return text.length
  }
}
