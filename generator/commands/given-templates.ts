/** Templates that the command line names, and the files that these name. */
import { type Declarations, shellWord } from '../../verifier/index.ts'
import { complain } from './complain.ts'
import { bodyOf, filesBeside, readStandardInput, readTemplateFile, templatesIn } from './template-files.ts'
import type { Terminal } from './terminal.ts'

export type Given = {
  readonly templates: readonly { readonly path: string; readonly text: string }[]
  readonly readFile: (path: string) => string | undefined
  /** What the config declares, where they are made of one. */
  readonly declarations?: Partial<Declarations>
}

/** How `-` is called in a report: a name that no flag takes for a file. */
const standardInput = 'standard input'

/** Each once; `command` takes them as its arguments. Undefined where one cannot be read, which has been said then. */
export function givenTemplates(terminal: Terminal, paths: readonly string[], command: string): Given | undefined {
  const templates: { path: string; text: string }[] = []
  for (const path of new Set(paths)) {
    const found = path === '-' ? bodyOf(readStandardInput()) : readTemplateFile(terminal.folder, path)
    const name = path === '-' ? standardInput : path
    if ('problem' in found) {
      complain(
        terminal,
        `${name} cannot be read: ${found.problem}`,
        `   ${insteadOf(path === '-' ? [] : templatesIn(terminal.folder, path), command)}`,
      )
      return undefined
    }
    if (isConfig(found.text)) {
      complain(
        terminal,
        `${name} is a config of Portcullis, not a template`,
        `   portcullis generate makes templates of it: ${command} templates/template.yaml`,
      )
      return undefined
    }
    templates.push({ path: name, text: found.text })
  }
  return {
    templates,
    readFile: filesBeside(
      terminal.folder,
      paths.filter((path) => path !== '-'),
    ),
  }
}

/** Which keys only a config has beside each other, and no template. */
const isConfig = (text: string): boolean =>
  ['name', 'domain', 'services'].every((key) => new RegExp(`^${key}:`, 'm').test(text)) && !/^Resources:/m.test(text)

/** How many templates of a folder a message names. */
const most = 5

const insteadOf = (templates: readonly string[], command: string): string =>
  templates.length === 0
    ? 'give the path of a CloudFormation or SAM template of at most 2 MiB, or - for standard input'
    : `name the templates in it that are deployed together: ${command} ${templates.slice(0, most).map(shellWord).join(' ')}${templates.length > most ? ' ...' : ''}`
