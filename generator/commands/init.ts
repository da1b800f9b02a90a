import { lstatSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import example from '../config/example.yaml'
import { answerProblem, placeholders, QUESTIONS, type Question, starter } from '../config/starter.ts'
import { fromCopilot } from '../copilot/index.ts'
import { fileErrorOf } from '../errors/file-error.ts'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { writeAll } from '../output/write-all.ts'
import { copilotFiles } from './copilot-files.ts'
import { schemaText } from './schema-text.ts'
import type { Terminal } from './terminal.ts'

const schemaFile = 'portcullis.schema.json'

type Options = { readonly yes: boolean; readonly fromCopilot?: string }

/**
 * 0 done; 1 a config is there already, the questions were broken off, or a manifest is not YAML. Asks only on a terminal
 * and without `--yes`, and nothing when manifests answer.
 */
export async function init(terminal: Terminal, file: string, options: Options): Promise<number> {
  const target = resolve(terminal.folder, file)
  // A link to nothing is something too: what it names is not ours to make.
  const there = thereAt(target)
  if (there !== undefined) {
    const remedy = there.isDirectory()
      ? `name the file in it: portcullis init ${join(file, 'portcullis.yaml')}`
      : 'name another file as the argument, or edit this one'
    terminal.err(`${file === '' ? '.' : file} already exists and was left unchanged\n   ${remedy}\n`)
    return 1
  }
  if (options.fromCopilot !== undefined) return imported(terminal, file, target, options.fromCopilot)
  const answers = terminal.interactive && !options.yes ? await ask(terminal) : {}
  if (answers === undefined) {
    terminal.err('\nnothing was written\n   portcullis init --yes asks nothing and leaves the values to you\n')
    return 1
  }
  writeAll([
    { target, text: starter(example, answers) },
    { target: join(dirname(target), schemaFile), text: schemaText() },
  ])
  terminal.out(written(file))
  return 0
}

/** What could be read is carried over, also when some manifest is not YAML. */
function imported(terminal: Terminal, file: string, target: string, folder: string): number {
  const { config, report, problems } = fromCopilot(copilotFiles(terminal.folder, folder))
  if (problems.length > 0) terminal.err(`${new PortcullisError(problems).message}\n\n`)
  if (config === undefined) {
    terminal.err(
      problems.length > 0
        ? 'no other manifest was found, so nothing was written\n   correct the file, and run init again\n'
        : `${folder} holds no manifest of AWS Copilot, so nothing was written\n   name the folder "copilot", or the one that it is in\n`,
    )
    return 1
  }
  writeAll([
    { target, text: config },
    { target: join(dirname(target), schemaFile), text: schemaText() },
  ])
  terminal.out(`${report}\n${written(file)}`)
  return problems.length > 0 ? 1 : 0
}

const written = (file: string): string =>
  `wrote ${file} and ${schemaFile}\n   values marked (*) are placeholders that only you can fill in; then: portcullis generate${basename(file) === 'portcullis.yaml' ? '' : ` ${file}`}\n`

function thereAt(target: string): Stats | undefined {
  try {
    return lstatSync(target, { throwIfNoEntry: false })
  } catch (error) {
    throw fileErrorOf(error, 'written', target) ?? error
  }
}

/** Nothing when the person broke off. */
async function ask(terminal: Terminal): Promise<Partial<Record<Question, string>> | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C and Ctrl-D close the interface and leave a question without an answer, for ever.
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)))
  const line = (text: string): Promise<string | undefined> =>
    Promise.race([lines.question(text).catch(() => undefined), closed])
  const defaults = placeholders(example)
  const answers: Partial<Record<Question, string>> = {}
  try {
    terminal.out('Enter keeps the value in brackets; it can be replaced in the file later.\n')
    for (const [question, { text }] of Object.entries(QUESTIONS) as [Question, (typeof QUESTIONS)[Question]][]) {
      for (;;) {
        const answer = (await line(`${text} (${defaults[question]}): `))?.trim()
        if (answer === undefined) return undefined
        if (answer === '') break
        const problem = answerProblem(question, answer)
        if (problem === undefined) {
          answers[question] = answer
          break
        }
        terminal.err(`   ${problem}\n`)
      }
    }
  } finally {
    lines.close()
  }
  return answers
}
