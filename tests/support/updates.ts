/** Updates of small templates, as `diff` sees them. */
import { diff, type Update } from '../../verifier/index.ts'
import type { Json } from './read-template.ts'

type Files = Readonly<Record<string, Json>>
type Declared = NonNullable<Parameters<typeof diff>[0]['declarations']>

const side = (files: Files) => ({
  templates: [{ path: 'template.json', text: JSON.stringify(files['template.json'], null, 1) }],
  readFile: (path: string) => (files[path] === undefined ? undefined : JSON.stringify(files[path], null, 1)),
})

/** From some files to others; the first is `template.json`. */
export const updateOfFiles = (before: Files, after: Files, declarations: Declared = {}): Update =>
  diff({ before: side(before), after: side(after), declarations })

export const updateOf = (before: Json, after: Json, declarations?: Declared): Update =>
  updateOfFiles({ 'template.json': before }, { 'template.json': after }, declarations)

export const resources = (Resources: Json, rest: Json = {}): Json => ({ ...rest, Resources })

/** What happens to each resource that is touched, by its logical ID. */
export const told = ({ resources: all }: Update): Record<string, string> =>
  Object.fromEntries(all.map(({ id, change, isPossible }) => [id, isPossible ? `${change}, perhaps replaced` : change]))
