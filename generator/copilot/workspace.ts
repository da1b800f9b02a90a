/** The files of a `copilot` folder, by what Copilot takes them for. */
import type { LocatedDiagnostic } from '../errors/located.ts'
import { readYaml } from './read-yaml.ts'
import { isMap, look, type Mapping, textOf, type Value } from './value.ts'

/** Path below the folder -> text. */
export type Files = Readonly<Record<string, string>>

export type Manifest = { readonly name: string; readonly type: string | undefined; readonly value: Mapping }

export type Workspace = {
  readonly application: string | undefined
  readonly workloads: readonly Manifest[]
  readonly environments: readonly Manifest[]
  /** Addons, overrides, pipelines and what else is there, with its text as data where it is YAML. */
  readonly beside: readonly { readonly file: string; readonly value: Value | undefined }[]
  readonly problems: readonly LocatedDiagnostic[]
}

const MANIFEST = /(?:^|\/)manifest\.ya?ml$/

const folderOf = (file: string): string => file.split('/').at(-2) ?? ''

export const workspace = (files: Files): Workspace => {
  const problems: LocatedDiagnostic[] = []
  const paths = Object.keys(files).toSorted()
  const yamlOf = (file: string): Value | undefined => {
    const read = readYaml(files[file] ?? '', file)
    if ('value' in read) return read.value
    problems.push(read.problem)
    return undefined
  }
  const manifests = paths
    .filter((file) => MANIFEST.test(file) && !/(?:^|\/)pipelines\//.test(file))
    .flatMap((file): Manifest[] => {
      const value = yamlOf(file)
      if (!isMap(value)) return []
      return [{ name: textOf(look(value, 'name')) ?? folderOf(file), type: textOf(look(value, 'type')), value }]
    })
  const isEnvironment = ({ type, value }: Manifest): boolean =>
    type === 'Environment' || (type === undefined && /(?:^|\/)environments\//.test(value.at.file))
  const ours = paths.find((file) => /(?:^|\/)\.workspace$/.test(file))
  return {
    application: ours === undefined ? undefined : textOf(look(yamlOf(ours), 'application')),
    workloads: manifests.filter((each) => !isEnvironment(each)),
    environments: manifests.filter(isEnvironment),
    beside: paths
      .filter((file) => !manifests.some(({ value }) => value.at.file === file) && file !== ours)
      .filter((file) => !problems.some((problem) => problem.file === file))
      .map((file) => ({ file, value: /\.ya?ml$/.test(file) ? yamlOf(file) : undefined })),
    problems,
  }
}
