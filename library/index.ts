/**
 * Portcullis as a library: a config in, CloudFormation out, and on any template the proof, the way of a request, a picture
 * and a report. Nothing here reads or writes a file, asks the network or changes the process.
 */

export type { LocatedDiagnostic as Diagnostic } from '../generator/errors/located.ts'
export { PortcullisError } from '../generator/errors/portcullis-error.ts'
export type { OutputFile } from '../generator/packagings/assets.ts'
export type { Hop, Unknown } from '../verifier/judge/findings.ts'
export { UnreadableTemplate } from '../verifier/read/errors.ts'
export type { ClaimReport, Report, Verdict } from '../verifier/report/report.ts'
export type { Fork, Hop as TraceHop, Outcome, Trace, Way } from '../verifier/trace/found.ts'
export type { Config } from './config.gen.ts'
export { type ConfigDeclarations, declarations } from './declarations.ts'
export { type DiagramOptions, diagram } from './diagram.ts'
export { type GenerateOptions, generate } from './generate.ts'
export { type ParsedConfig, type ParseOptions, parseConfig } from './parse-config.ts'
export type { ReadConfig } from './read-config.ts'
export { report } from './report.ts'
export { type TraceOptions, trace } from './trace.ts'
export { type Template, type VerifyOptions, verify } from './verify.ts'
export { WrongDeclaration } from './wrong-declaration.ts'
