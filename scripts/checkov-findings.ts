import type { Answer } from './checkov-answers.ts'

/** A check that failed on a resource of an emitted template. */
export type Finding = {
  readonly check: string
  readonly asks: string
  readonly type: string
  readonly id: string
  readonly path: string
}

const isAnswer = ({ check, type, path }: Finding, answer: Answer): boolean =>
  answer.check === check &&
  answer.on.includes(type) &&
  (answer.only?.some((example) => path.startsWith(`examples/${example}/`)) ?? true)

/** One line for each finding that nobody has answered. */
export const unanswered = (findings: readonly Finding[], answers: readonly Answer[]): readonly string[] =>
  findings
    .filter((finding) => !answers.some((answer) => isAnswer(finding, answer)))
    .map(({ check, asks, type, id, path }) => `no answer to ${check} (${asks}) on ${type} ${id} in ${path}`)

/** One line for each answer, type or example that nothing asks for any more. */
export const unfound = (findings: readonly Finding[], answers: readonly Answer[]): readonly string[] =>
  answers
    .flatMap((answer) =>
      answer.on.flatMap((type) =>
        (answer.only ?? [undefined]).map((example) => ({
          ...answer,
          on: [type],
          ...(example === undefined ? {} : { only: [example] }),
        })),
      ),
    )
    .filter((answer) => !findings.some((finding) => isAnswer(finding, answer)))
    .map(({ check, on, only }) => `no finding ${check} on ${on.join()}${only ? ` in ${only.join()}` : ''} any more`)
