/** The property tree of a type, from its short form in the generated file. */

export type Tree = {
  /** Any JSON may stand below. */
  readonly isFree: boolean
  /** The registry says that it names a group, subnet or VPC. */
  readonly isNetwork: boolean
  readonly entries: ReadonlyMap<string, Tree>
}

const anyKey = '%'

const word = /[^(),#*]+/y

/** `A(B#,C*),D`: names with marks, and what is below them in brackets. */
export function parseTree(text: string): Tree {
  let at = 0
  const entries = (): ReadonlyMap<string, Tree> => {
    const found = new Map<string, Tree>()
    while (at < text.length && text[at] !== ')') {
      word.lastIndex = at
      const name = word.exec(text)?.[0] ?? ''
      at += name.length
      const isNetwork = taken('#')
      const isFree = taken('*')
      let below: ReadonlyMap<string, Tree> = new Map()
      if (taken('(')) {
        below = entries()
        taken(')')
      }
      found.set(name, { isFree, isNetwork, entries: below })
      taken(',')
    }
    return found
  }
  const taken = (character: string): boolean => {
    if (text[at] !== character) return false
    at++
    return true
  }
  return { isFree: false, isNetwork: false, entries: entries() }
}

/** What is at a path; `free` below JSON of any form. */
export function treeAt(tree: Tree, path: string): Tree | 'free' | undefined {
  let here = tree
  for (const name of path.split('.')) {
    const below = here.entries.get(name) ?? here.entries.get(anyKey)
    if (!below) return here.isFree ? 'free' : undefined
    here = below
  }
  return here
}

/** All paths that end a branch, `%` for any key. */
export function leaves(tree: Tree, prefix = ''): string[] {
  return [...tree.entries].flatMap(([name, below]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`
    return below.entries.size === 0 ? [path] : leaves(below, path)
  })
}
