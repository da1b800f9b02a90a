/** argv -> command. The only file that touches the process and its exit code. */
import { Argument, Command, CommanderError, Option } from 'commander'
import type { Described } from './commands/completion.ts'
import type { Terminal } from './commands/terminal.ts'
import { visibleLines } from './commands/visible-lines.ts'
import { fileErrorOf, inWords } from './errors/file-error.ts'
import { purpose } from './packagings/purpose.ts'

declare const PORTCULLIS_VERSION: string
const exit = { done: 0, wrong: 1, usage: 64, defect: 70 } as const

function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    process.stderr.write('the current folder no longer exists\n   change to another one\n')
    process.exit(exit.wrong)
  }
}

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  // Errors repeat what others wrote: names, values, the command line.
  err: (text) => process.stderr.write(visibleLines(text)),
  folder: currentFolder(),
  version: PORTCULLIS_VERSION,
  // Asking for standard input opens it, which takes longer than many a command.
  get interactive() {
    return Boolean(process.stdin.isTTY && process.stdout.isTTY)
  },
  color: Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'],
}

const repeatable = (flags: string, description: string): Option =>
  new Option(flags, `${description} (repeatable)`).argParser((value, previous: string[] = []) => [...previous, value])

/** Each command is a script of its own, which is loaded when it is asked for. */
type Commands = {
  readonly init: typeof import('./commands/init.ts')
  readonly generate: typeof import('./commands/generate.ts')
  readonly verify: typeof import('./commands/verify.ts')
  readonly trace: typeof import('./commands/trace.ts')
  readonly diagram: typeof import('./commands/diagram.ts')
  readonly report: typeof import('./commands/report.ts')
  readonly diff: typeof import('./commands/diff.ts')
  readonly schema: typeof import('./commands/schema.ts')
  readonly explain: typeof import('./commands/explain.ts')
  readonly completion: typeof import('./commands/completion.ts')
}
type Load = <Name extends keyof Commands>(name: Name) => Commands[Name]

function commandLine(load: Load): Command {
  const program = new Command('portcullis')
    .description(`one YAML file -> CloudFormation: ${purpose('an API Gateway HTTP API')}`)
    .version(PORTCULLIS_VERSION)
    .exitOverride()
    .configureOutput({ writeErr: terminal.err, writeOut: terminal.out })
    .showHelpAfterError('(portcullis --help shows the commands)')

  program
    .command('init')
    .description('write a commented starter config and its JSON Schema')
    .argument('[file]', 'config to write', 'portcullis.yaml')
    .option('--yes', 'ask nothing: placeholders for what only you know, and the region eu-west-1', false)
    .option(
      '--from-copilot <folder>',
      'make the config from the manifests of AWS Copilot; lists what is not carried over',
    )
    .addHelpText('after', example('portcullis init', 'portcullis init --from-copilot .'))
    .action((file, options) => finish(load('init').init(terminal, file, options)))

  program
    .command('generate')
    .description('write templates and samconfig.toml')
    .argument('[file]', 'config to read', 'portcullis.yaml')
    .option('--out <folder>', 'folder to write to (default: the folder of the config)')
    .option('--check', 'write nothing and prove nothing; fail when files differ', false)
    .addOption(repeatable('--set <path=value>', 'a value of the config, such as services.orders.image=REF'))
    .option('--allow-placeholders', 'let --check pass while placeholders from init remain', false)
    .addOption(new Option('--format <format>', 'format of the templates').choices(['yaml', 'json']).default('yaml'))
    .option('--quiet', 'print nothing but what is wrong', false)
    .addHelpText('after', example('portcullis generate --set services.orders.image=REF', 'portcullis generate --check'))
    .action((file, options) => finish(load('generate').generateCommand(terminal, file, options)))

  withDeclarations(program.command('verify'), 'value of a parameter')
    .description('prove or refute, on any CloudFormation or SAM template, that the VPC link is the only way in')
    .argument(
      '<template...>',
      'templates to judge together; - is standard input, also for `aws cloudformation get-template`',
    )
    .addOption(
      new Option('--format <format>', 'format of the result').choices(['text', 'json', 'sarif']).default('text'),
    )
    .option('--quiet', 'print nothing but what is not proved', false)
    .addHelpText(
      'after',
      `
  Doors: exec, internet-egress, peering, transit-gateway, vpn, endpoint-service,
    accelerator, lattice, instance-connect, verified-access, second-domain,
    group-editors, caller (CLIENT/TARGET), egress (PEER:PORT), shared-service
  Facets: ingress=none, carriers=NAME, egress=none, routes=none, covers=HOST,
    value=VALUE, rights=none, opens=none, targets=elsewhere
  Exit codes: 0 proved, 1 refuted, 2 undecided, 3 unreadable, 64 wrong usage
  What is undecided names the flag that settles it.
${example('portcullis verify templates/template.yaml', 'aws cloudformation get-template --stack-name NAME | portcullis verify -')}`,
    )
    .action((templates, options) => finish(load('verify').verifyCommand(terminal, templates, options)))

  program
    .command('trace')
    .description('follow one request through templates, hop by hop, and say where it ends')
    .argument('[request]', 'METHOD /path, such as "GET /orders/17"')
    .argument('[template...]', 'templates, read together (default: what portcullis.yaml gives)')
    .option('--host <name>', 'the host that the client names (default: the domain of the API)')
    .addOption(repeatable('--header <name:value>', 'a header; the value ... stands for one that is accepted'))
    .option('--from <sender>', 'internet, vpc or an address: sent past the API, straight to load balancers and tasks')
    .addOption(repeatable('--parameter <name=value>', 'value of a parameter (default: its default)'))
    .option('--table <file>', 'check the expectations in a YAML file instead of one request')
    .addOption(new Option('--format <format>', 'format of the result').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
  Exit codes: 0 the way is known, or all expectations are met; 1 one is not met;
    2 not all is known, or another value of a parameter changes it;
    3 unreadable; 64 wrong usage
${example('portcullis trace "GET /orders/17" --header "authorization: ..."', 'portcullis trace "GET /orders/17" template.yaml --from internet')}`,
    )
    .action((request, templates, options) => finish(load('trace').traceCommand(terminal, request, templates, options)))

  withDeclarations(program.command('diagram'), 'value of a parameter (default: its default)')
    .description('draw who can reach whom in templates, with the way in, and with what should not be open in red')
    .argument('[template...]', 'templates, drawn together (default: what portcullis.yaml gives)')
    .addOption(
      new Option('--format <format>', 'format of the picture (default: that of --out, or svg)').choices([
        'svg',
        'mermaid',
      ]),
    )
    .option('--out <file>', 'file to write to, .svg or .mmd (default: standard output)')
    .addHelpText(
      'after',
      example('portcullis diagram --out diagram.svg', 'portcullis diagram template.yaml --format mermaid'),
    )
    .action((templates, options) => finish(load('diagram').diagramCommand(terminal, templates, options)))

  withDeclarations(program.command('report'), 'value of a parameter')
    .description('write one HTML page of templates: picture, claims, routes, parameters, assumptions, resources')
    .argument('[template...]', 'templates, judged together (default: what portcullis.yaml gives)')
    .option('--out <file>', 'file to write to, .html (default: standard output)')
    .addHelpText(
      'after',
      example('portcullis report --out report.html', 'portcullis report template.yaml --out report.html'),
    )
    .action((templates, options) => finish(load('report').reportCommand(terminal, templates, options)))

  withDeclarations(program.command('diff'), 'value of a parameter, on both sides')
    .description('say what an update does: what is replaced and what that means, and whether it opens anything')
    .argument('[before]', 'what is deployed: a template, a folder, a git ref, or - for standard input', 'HEAD')
    .argument('[after]', 'what takes its place: the same', '.')
    .addOption(new Option('--fail-on <what>', 'end with 1 when a resource is replaced').choices(['replacement']))
    .addOption(
      new Option('--format <format>', 'format of the result').choices(['text', 'json', 'markdown']).default('text'),
    )
    .addHelpText(
      'after',
      `
  Of a folder or a git ref, templates/template.yaml is read, or template.yaml.
  Exit codes: 0 nothing is opened, 1 something is (or is replaced, with
    --fail-on replacement), 2 something may be, 3 unreadable, 64 wrong usage
${example('portcullis diff main', 'portcullis diff deployed.yaml templates/standalone.yaml', 'aws cloudformation get-template --stack-name NAME | portcullis diff - templates/standalone.yaml')}`,
    )
    .action((before, after, options) => finish(load('diff').diffCommand(terminal, before, after, options)))

  program
    .command('schema')
    .description('print the JSON Schema of the config')
    .addHelpText('after', example('portcullis schema > portcullis.schema.json'))
    .action(() => finish(load('schema').schema(terminal)))

  program
    .command('explain')
    .description('say what the code of an error or a claim of verify means, why, and what to do')
    .argument('[name]', 'such as PC201 or no-bypass; without it, all are listed')
    .addHelpText('after', example('portcullis explain PC201', 'portcullis explain no-bypass'))
    .action((name) => finish(load('explain').explain(terminal, name)))

  program
    .command('completion')
    .description('print what bash, zsh or fish needs to complete commands and flags')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', example('source <(portcullis completion bash)', 'portcullis completion fish | source'))
    .action((shell) => finish(load('completion').completion(terminal, shell, described(program, load))))
  return program
}

/** What is declared about templates, by the same flags for each command that judges them. */
const withDeclarations = (command: Command, parameter: string): Command =>
  command
    .addOption(repeatable('--parameter <name=value>', parameter))
    .addOption(repeatable('--open-route <api:route>', 'a route meant to be open, written as in the template'))
    .addOption(repeatable('--allow <door:name>', 'a door meant to be there, such as exec:OrdersService'))
    .addOption(repeatable('--assume <name.facet=value>', 'a fact about what the templates do not show'))

const example = (...lines: readonly string[]): string =>
  `\nExample${lines.length > 1 ? 's' : ''}:\n${lines.map((line) => `  ${line}`).join('\n')}`

/** The commands as completion needs them. */
const described = (program: Command, load: Load): readonly Described[] =>
  program.commands.map((command) => {
    const [argument] = command.registeredArguments
    const name = command.name()
    return {
      name,
      description: command.description(),
      flags: [...command.options, ...program.createHelp().visibleOptions(command)]
        .filter((option, index, all) => all.findIndex(({ long }) => long === option.long) === index)
        .map(({ long, description, required, argChoices }) => ({
          name: long ?? '',
          description,
          takesValue: required,
          choices: argChoices ?? [],
        })),
      words: name === 'explain' ? load('explain').names() : (argument?.argChoices ?? []),
      takesFiles: argument !== undefined && argument.argChoices === undefined && name !== 'explain',
    }
  })

async function finish(code: number | Promise<number>): Promise<void> {
  process.exitCode = await code
}

/** A reader that stops early is nobody's fault; a result that cannot be written is an error. */
function onFailedOutput(error: Error & { readonly code?: string }): void {
  if (error.code === 'EPIPE') return
  terminal.err(`the result cannot be written: the system says ${error.code}\n   write it somewhere else\n`)
  process.exit(exit.wrong)
}

/** Reads the command line of the process, and sets its exit code. */
export async function main(load: Load): Promise<void> {
  process.stdout.on('error', onFailedOutput)
  try {
    await commandLine(load).parseAsync()
  } catch (error) {
    const file = fileErrorOf(error, 'read')
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.done : exit.usage
    else if (file !== undefined) {
      terminal.err(inWords(file, terminal.folder))
      process.exitCode = exit.wrong
    } else {
      terminal.err(
        `portcullis: a bug in Portcullis: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nPlease report it with your config; CONTRIBUTING.md says how.\n`,
      )
      process.exitCode = exit.defect
    }
  }
  // To end here saves taking the heap apart. What was written before is through when an empty text is; what fails, the
  // listener above tells.
  const ends = (then: () => void) => (error?: Error | null) => (error ? undefined : then())
  process.stdout.write(
    '',
    ends(() =>
      process.stderr.write(
        '',
        ends(() => process.exit()),
      ),
    ),
  )
}
