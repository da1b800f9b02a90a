/**
 * Output that pages show, as the built command prints it today: blocks after `<!-- shows: COMMAND -->`, and pictures. The
 * commands run in the folder of the main example.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { wrapped } from '../verifier/index.ts'

export const pagesWithOutput = ['README.md', 'docs/diagram.md', 'docs/trace.md'] as const

/** Files, each as a command prints it. */
export const pictures = (): Readonly<Record<string, string>> => ({ 'docs/diagram.svg': run('diagram') })

const shown = /(<!-- shows: portcullis (.+?) -->\n```(\w*)\n)[\s\S]*?(?=^```$)/gm

/** The page with the output of today. */
export const withOutput = (page: string): string =>
  readFileSync(page, 'utf8').replace(shown, (_, head: string, command: string) => `${head}${run(command)}`)

export const commandsShown = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(shown)].map(([, , command = '']) => command)

const words = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

function run(command: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...words(command)], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  })
  if (stderr !== '') throw new Error(`portcullis ${command}: ${stderr}`)
  return command === 'report' ? beginningOf(stdout) : stdout
}

const entities: Readonly<Record<string, string>> = {
  rarr: '\u2192',
  middot: '\u00b7',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
}

/** What a reader of the page finds first: the verdict, what it is about, and the first hops of the way in. */
function beginningOf(page: string): string {
  const between = (start: string, end: string): string => {
    const from = page.indexOf(start)
    return page.slice(from, page.indexOf(end, from))
  }
  const inLines = (html: string): readonly string[] =>
    html
      .replaceAll('<li>', '\n  ')
      .replace(/<\/?(?:h1|h3|p|div|li id)\b[^>]*>/g, '\n')
      .replace(/<\/dt>/g, ': ')
      .replace(/<[^>]*>/g, '')
      .replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?')
      .split('\n')
      .filter((line) => line.trim() !== '')
  return `${[...inLines(between('<h1', '</header>')), '', ...inLines(between('<h3 class="way-in"', '<li id="line-4"'))]
    .flatMap((line) => {
      const indent = line.startsWith(' ') ? '  ' : ''
      return wrapped(line.trim(), 78 - indent.length).map((part) => indent + part)
    })
    .join('\n')}\n`
}
