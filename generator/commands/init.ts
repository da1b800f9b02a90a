import { existsSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import example from '../config/example.yaml'
import { answerProblem, placeholders, QUESTIONS, type Question, starter } from '../config/starter.ts'
import { schemaText } from './schema-text.ts'
import type { Terminal } from './terminal.ts'

const schemaFile = 'portcullis.schema.json'

/** 0 done; 1 a config is there already. Asks only on a terminal and without `--yes`. */
export async function init(terminal: Terminal, file: string, options: { readonly yes: boolean }): Promise<number> {
  const target = resolve(terminal.folder, file)
  if (existsSync(target)) {
    terminal.err(
      `${file} exists already and was left as it is\n   name another file as the argument, or edit this one\n`,
    )
    return 1
  }
  const answers = terminal.interactive && !options.yes ? await ask(terminal) : {}
  writeFileSync(target, starter(example, answers))
  writeFileSync(join(dirname(target), schemaFile), schemaText())
  terminal.out(
    `wrote ${file} and ${schemaFile}\n   values marked (*) are placeholders that only you can fill in; then: portcullis generate${basename(file) === 'portcullis.yaml' ? '' : ` ${file}`}\n`,
  )
  return 0
}

async function ask(terminal: Terminal): Promise<Partial<Record<Question, string>>> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const defaults = placeholders(example)
  const answers: Partial<Record<Question, string>> = {}
  try {
    for (const [question, { text }] of Object.entries(QUESTIONS) as [Question, (typeof QUESTIONS)[Question]][]) {
      for (;;) {
        const answer = (await lines.question(`${text} (${defaults[question]}): `)).trim()
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
