/** The name that `--out` gives, and the kind of file that it promises. */
import { extname } from 'node:path'

/** What people take for a kind of file; any other ending, as of a temporary file, promises nothing. */
const promising =
  /^\.(?:svg|mmd|mermaid|html?|md|txt|png|jpe?g|gif|webp|avif|pdf|ya?ml|json|template|dot|puml|drawio|docx?|pptx?)$/

/** Among the kinds that a command writes, by their endings: the one that a name asks for, or why it asks for none. */
export function kindOf<Kind extends string>(
  out: string | undefined,
  kinds: Readonly<Record<Kind, readonly string[]>>,
  command: string,
): { readonly kind?: Kind } | { readonly wrong: string } {
  const ending = extname(out ?? '').toLowerCase()
  const all = Object.entries(kinds) as [Kind, readonly string[]][]
  const [kind] = all.find(([, endings]) => endings.includes(ending)) ?? []
  if (kind !== undefined) return { kind }
  if (!promising.test(ending)) return {}
  const endings = all.map(([, [usual]]) => usual).join(' or ')
  return { wrong: `--out ${out}: ${command} writes no ${ending.slice(1)} file; end the name with ${endings}` }
}
