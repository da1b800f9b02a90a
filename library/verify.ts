import { verify as prove } from '../verifier/index.ts'
import type { Report } from '../verifier/report/report.ts'
import { judged } from './judged.ts'

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

/**
 * Proves or refutes, for templates that are judged together, that the VPC link of an API is the only way in. The result
 * is what `portcullis verify --format json` prints.
 *
 * Throws `UnreadableTemplate` for text that is not a template, and `WrongDeclaration` for an option that is wrong. A claim
 * that is still open after ten seconds, or after 500 MiB more than at the start, ends as undecided.
 */
export function verify(templates: readonly Template[], options: VerifyOptions = {}): Report {
  return judged(templates, options, prove)
}
