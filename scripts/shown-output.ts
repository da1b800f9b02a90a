/**
 * Output that pages show, as the built command prints it today: blocks after `<!-- shows: COMMAND -->`, and pictures. The
 * commands run in the folder of the main example.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

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
  return stdout
}
