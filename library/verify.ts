import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOfFlags } from '../generator/commands/flags.ts'
import { unknownParameter } from '../generator/commands/unknown-parameter.ts'
import { startWatchdog } from '../generator/commands/watchdog.ts'
import { verify as prove, WrongDeclaration as Wrong } from '../verifier/index.ts'
import type { Report } from '../verifier/report/report.ts'
import { functions } from './functions.ts'
import { WrongDeclaration } from './wrong-declaration.ts'

/** A CloudFormation or SAM template as text; its path is how reports call it, and where relative paths in it start. */
export type Template = { readonly path: string; readonly text: string }

/** What the templates leave open, declared by the caller. The values are those of the command's flags. */
export type VerifyOptions = {
  /** Text of a file that a template names, such as a nested template; undefined when there is none. Left out: no file. */
  readonly readFile?: ((path: string) => string | undefined) | undefined
  /** `--parameter`: fixed values of parameters, by name. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  /** `--open-route`: routes that are meant to be open, such as `HttpApi:GET /health`. */
  readonly openRoutes?: readonly string[] | undefined
  /** `--allow`: doors that are meant to be there, such as `exec:OrdersService`. */
  readonly allow?: readonly string[] | undefined
  /** `--assume`: facts about what the templates do not show, such as `CertificateArn.covers=api.example.com`. */
  readonly assume?: readonly string[] | undefined
}

const seconds = 10
const megabytes = 500

/**
 * Proves or refutes, for templates that are judged together, that the VPC link of an API is the only way in. The result
 * is what `portcullis verify --format json` prints.
 *
 * Throws `UnreadableTemplate` for text that is not a template, and `WrongDeclaration` for an option that is wrong. A claim
 * that is still open after ten seconds, or after 500 MiB more than at the start, ends as undecided.
 */
export function verify(templates: readonly Template[], options: VerifyOptions = {}): Report {
  const { readFile = () => undefined, parameters = {}, openRoutes = [], allow = [], assume = [] } = options
  const declarations = declarationsOfFlags({
    parameter: Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
    openRoute: openRoutes,
    allow,
    assume,
  })
  if ('wrong' in declarations) throw new WrongDeclaration(declarations.wrong)
  const unknown = unknownParameter(Object.keys(parameters), templates)
  if (unknown !== undefined) throw new WrongDeclaration(`no template has a parameter ${unknown}`)
  try {
    return prove({
      templates,
      readFile,
      declarations,
      ownFunctions: codeOf(functions()),
      watchdog: startWatchdog({
        milliseconds: seconds * 1000,
        bytes: process.memoryUsage.rss() + megabytes * 1024 * 1024,
      }),
    })
  } catch (error) {
    if (error instanceof Wrong) throw new WrongDeclaration(error.message)
    throw error
  }
}
