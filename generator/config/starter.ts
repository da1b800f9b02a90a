/** The config that `init` writes: example.yaml with a few answers filled in, comments and layout kept. */
import { isScalar, parseDocument } from 'yaml'
import type { z } from 'zod'
import { flow } from './flow.ts'
import { schemaAt, unwrap } from './schema/lookup.ts'

/** What only the user knows, with the place in example.yaml; in the order in which `init` asks. */
export const QUESTIONS = {
  name: { path: ['name'], text: 'Name of the application' },
  region: { path: ['environments', 'dev', 'region'], text: 'Region to deploy to' },
  domain: { path: ['domain', 'name'], text: 'Host name of the API' },
  zoneId: { path: ['domain', 'zone', 'id'], text: 'Id of the Route 53 hosted zone' },
  image: { path: ['services', 'app', 'image'], text: 'Container image' },
  port: { path: ['services', 'app', 'port'], text: 'Port that the container listens on' },
  issuer: { path: ['api', 'auth', 'users', 'jwt', 'issuer'], text: 'Issuer of the tokens' },
  audience: { path: ['api', 'auth', 'users', 'jwt', 'audience', 0], text: 'Audience of the tokens' },
} as const

export type Question = keyof typeof QUESTIONS

const typed = (question: Question, answer: string): string | number =>
  question === 'port' && /^[0-9]+$/.test(answer) ? Number(answer) : answer

/** What is wrong with an answer and what to write instead; nothing when it is fine. */
export const answerProblem = (question: Question, answer: string): string | undefined => {
  const schema = schemaAt(QUESTIONS[question].path)
  if (schema === undefined) return undefined
  const parsed = (unwrap(schema) as z.ZodType).safeParse(typed(question, answer))
  return parsed.success ? undefined : parsed.error.issues[0]?.message.split('\n').slice(0, 2).join('; ')
}

/** The placeholders of example.yaml, as defaults for the questions. */
export const placeholders = (example: string): Readonly<Record<Question, string>> => {
  const document = parseDocument(example)
  const entries = Object.entries(QUESTIONS).map(([question, { path }]) => [question, String(document.getIn(path))])
  return Object.fromEntries(entries) as Record<Question, string>
}

export const starter = (example: string, answers: Readonly<Partial<Record<Question, string>>>): string => {
  const document = parseDocument(example)
  const edits = Object.entries(answers).flatMap(([question, answer]) => {
    const node = document.getIn(QUESTIONS[question as Question].path, true)
    return isScalar(node) && node.range
      ? [{ from: node.range[0], to: node.range[1], text: flow(typed(question as Question, answer)) }]
      : []
  })
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), example)
}
