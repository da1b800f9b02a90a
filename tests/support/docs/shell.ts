// Runs the shell commands of the guides with bash. `portcullis` is the built command; what would reach AWS, a registry
// or the internet is a stub that writes down its arguments; of other programs only a few harmless ones are there.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'

export type Call = { readonly name: string; readonly args: readonly string[] }
export type Ran = { readonly command: string; readonly line: number; readonly code: number; readonly output: string }
export type Session = { readonly ran: readonly Ran[]; readonly calls: readonly Call[] }
export type Command = { readonly text: string; readonly line: number }

const stubs = ['aws', 'sam', 'npm', 'curl', 'git', 'docker', 'pip']
const harmless = [
  'bash',
  'cat',
  'cp',
  'date',
  'env',
  'grep',
  'head',
  'mkdir',
  'mktemp',
  'printf',
  'sed',
  'sleep',
  'sort',
  'tail',
  'tr',
]
const cli = resolve('dist/cli.js')
const stub = resolve('tests/support/docs/stub.sh')

/** The commands of a block: lines, joined where one goes on in the next. */
export function commandsOf(text: string): Command[] {
  const commands: Command[] = []
  let open: Command | undefined
  text.split('\n').forEach((line, index) => {
    const command: Command = open
      ? { text: `${open.text}\n${line}`, line: open.line }
      : { text: line.trim(), line: index }
    if (goesOn(command.text)) open = command
    else {
      open = undefined
      if (!/^(?:#.*)?$/.test(command.text)) commands.push(command)
    }
  })
  if (open) throw new Error(`a command has no end: ${open.text}`)
  return commands
}

function goesOn(text: string): boolean {
  if (/(?:\\|\||&&)$/.test(text)) return true
  if (!/[{(<]|'|"|\b(?:if|for|while|do|then)\b/.test(text)) return false
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
  return status !== 0 || stderr !== ''
}

/** Runs commands one after the other in one shell, so that variables stay, in a folder that `prepare` fills. */
export function runAll(commands: readonly Command[], prepare: (folder: string) => void): Session {
  if (commands.length === 0) return { ran: [], calls: [] }
  const scratch = mkdtempSync(join(tmpdir(), 'portcullis-docs-'))
  try {
    const folder = join(scratch, 'app')
    mkdirSync(folder)
    prepare(folder)
    const calls = join(scratch, 'calls')
    writeFileSync(calls, '')
    const template = join(scratch, 'get-template.json')
    const standalone = join(folder, 'templates/standalone.yaml')
    writeFileSync(
      template,
      JSON.stringify({ TemplateBody: existsSync(standalone) ? readFileSync(standalone, 'utf8') : '' }),
    )
    const script = [
      'set -o pipefail',
      ...commands.flatMap(({ text }, index) => [
        `{ ${text}\n} >"$RESULTS/${index}.out" 2>&1 </dev/null`,
        `printf '%s' "$?" >"$RESULTS/${index}.code"`,
      ]),
    ].join('\n')
    const { stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: programs(scratch),
        HOME: folder,
        RESULTS: scratch,
        CALLS: calls,
        TEMPLATE: template,
        TMPDIR: scratch,
        NO_COLOR: '1',
      },
    })
    if (stderr !== '') throw new Error(stderr)
    return {
      ran: commands.map(({ text, line }, index) => ({
        command: text,
        line,
        code: Number(readFileSync(join(scratch, `${index}.code`), 'utf8')),
        output: readFileSync(join(scratch, `${index}.out`), 'utf8'),
      })),
      calls: readFileSync(calls, 'utf8')
        .split('\u0001')
        .filter((call) => call !== '')
        .map((call): Call => {
          const [name = '', ...args] = call.split('\0').slice(0, -1)
          return { name, args }
        }),
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A folder with the only programs that the commands can find. */
function programs(scratch: string): string {
  const folder = join(scratch, 'bin')
  mkdirSync(folder)
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text, { mode: 0o755 })
  for (const name of stubs) write(name, readFileSync(stub, 'utf8'))
  write('portcullis', `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
  write('npx', '#!/bin/sh\n[ "$1" = --no-install ] && shift\n[ "$1" = portcullis ] || exit 127\nexec "$@"\n')
  for (const path of harmlessPaths()) symlinkSync(path, join(folder, basename(path)))
  return folder
}

let found: readonly string[] | undefined

/** Where the harmless programs of this machine are. */
function harmlessPaths(): readonly string[] {
  found ??= execFileSync('bash', ['-c', `type -P ${harmless.join(' ')}`], { encoding: 'utf8' })
    .trim()
    .split('\n')
  return found
}

/** A folder with a config and what `portcullis generate` wrote from it: the one at the top, or an example. */
export const copyExample =
  (from: string) =>
  (folder: string): void => {
    for (const name of ['portcullis.yaml', 'portcullis.schema.json', 'samconfig.toml', 'templates'])
      if (existsSync(join(from, name))) cpSync(join(from, name), join(folder, name), { recursive: true })
  }
