/** Which key somebody meant who wrote one that does not exist there. */
import * as z from 'zod'
import { nearest } from '../errors/nearest.ts'
import { alternatives } from '../errors/show.ts'
import { keysOf, schemaAt, unwrap } from './schema/lookup.ts'

type Path = readonly (string | number)[]

/** What other tools call it. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  autoscaling: 'scale',
  count: 'scale',
  desiredcount: 'scale',
  replicas: 'scale',
  scaling: 'scale',
  certificatearn: 'certificate',
  hostname: 'name',
  hostedzone: 'zone',
  mountpoints: 'volumes',
  vars: 'environment',
  variables: 'environment',
  vpc: 'network',
}

const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '')

const alsoCalled = (key: string, known: readonly string[]): string | undefined => {
  const name = ALSO_CALLED[plain(key)]
  return name !== undefined && known.includes(name) ? name : undefined
}

/** `env` for environment, `healthCheck` for health. */
const longerOrShorter = (key: string, known: readonly string[]): string | undefined => {
  const word = plain(key)
  const found = known.filter((each) => {
    const [short, long] = [plain(each), word].sort((a, b) => a.length - b.length)
    return short !== undefined && short.length >= 3 && long?.startsWith(short)
  })
  return found.length === 1 ? found[0] : undefined
}

/** The groups beside it that have the key. */
const inside = (key: string, parent: Path, known: readonly string[]): string[] =>
  known.filter((group) => {
    const schema = schemaAt([...parent, group])
    return schema !== undefined && unwrap(schema) instanceof z.ZodObject && keysOf(schema).includes(key)
  })

/** The group around it that stands beside the key. */
const outside = (key: string, parent: Path): string | undefined => {
  const depth = parent.findLastIndex((_, index) => keysOf(schemaAt(parent.slice(0, index))).includes(key))
  return depth < 0 ? undefined : String(parent[depth])
}

/** What to do about a key that does not exist. */
export const meantBy = (path: Path): string => {
  const parent = path.slice(0, -1)
  const key = String(path.at(-1))
  const known = keysOf(schemaAt(parent))
  const meant = nearest(key, known) ?? alsoCalled(key, known)
  if (meant !== undefined) return `did you mean ${meant}?`
  const groups = inside(key, parent, known)
  if (groups.length > 0) return `did you mean the key ${key} of ${alternatives(groups)}? write it below that`
  const beside = outside(key, parent)
  if (beside !== undefined) return `did you mean the key beside ${beside}? indent it as much as ${beside}`
  const like = longerOrShorter(key, known)
  return like === undefined ? `use one of ${known.join(', ')}, or remove it` : `did you mean ${like}?`
}
