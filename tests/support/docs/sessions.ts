// The shell commands of each page, run once: those in blocks of shell, and those in workflows of CI.
import { type Block, blocksOf, inlineCommandsOf, markerOf, pages } from './page.ts'
import { type Command, commandsOf, copyExample, runAll, type Session } from './shell.ts'
import { runLinesOf } from './workflows.ts'

export type PageSession = Session & { readonly page: string }
export type Skipped = { readonly place: string; readonly reason: string }

const shells = ['sh', 'bash', 'shell', 'console']
const isShell = ({ language }: Block): boolean => shells.includes(language)

/** Blocks that the page says cannot be run, each with its reason. */
export const skipped: readonly Skipped[] = pages
  .flatMap(blocksOf)
  .map((block) => ({ place: `${block.page}:${block.line}`, reason: markerOf(block, 'not run') ?? '' }))
  .filter(({ reason }) => reason !== '')

export const isRun = (block: Block): boolean => markerOf(block, 'not run') === undefined

/**
 * A page starts with the files of the main example, or of the one that its first block names
 * (`<!-- folder: examples/nat -->`), or, when it begins with `portcullis init`, with none.
 */
function sessionOf(page: string): PageSession {
  const blocks = blocksOf(page).filter((block) => isShell(block) && isRun(block))
  const commands = blocks.flatMap((block): Command[] => [
    ...commandsOf(markerOf(block, 'before') ?? '').map(({ text }) => ({ text, line: block.line })),
    ...commandsOf(block.text).map(({ text, line }) => ({ text, line: block.line + 1 + line })),
  ])
  const folder = blocks.map((block) => markerOf(block, 'folder')).find((each) => each !== undefined) ?? '.'
  const begins = commands.some(({ text }) => /portcullis init\b/.test(text))
  return { page, ...runAll(commands, begins ? () => undefined : copyExample(folder)) }
}

function workflowSessionsOf(page: string): PageSession[] {
  return blocksOf(page)
    .filter((block) => block.language === 'yaml' && isRun(block))
    .flatMap((block) =>
      runLinesOf(block.text).map((text) => ({
        page,
        ...runAll(
          commandsOf(text).map(({ text }) => ({ text, line: block.line })),
          copyExample('.'),
        ),
      })),
    )
}

/** How `aws` and `sam` are called in the middle of sentences, which may leave out what does not matter there. */
export const runSentences = (): PageSession[] =>
  pages.map((page) => ({
    page,
    ...runAll(
      inlineCommandsOf(page).map((text) => ({ text, line: 0 })),
      copyExample('.'),
    ),
  }))

/** Runs everything. Nothing is sent anywhere. */
export const runPages = (): PageSession[] => pages.flatMap((page) => [sessionOf(page), ...workflowSessionsOf(page)])
