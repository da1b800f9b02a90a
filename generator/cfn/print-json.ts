import { type Template, toObject } from './template.ts'

/** The template as JSON text. `marker` says that the file is generated, in `Metadata`, because JSON has no comments. */
export function printJson(template: Template, marker: string): string {
  const metadata = { Generated: marker, ...template.metadata }
  return `${JSON.stringify(toObject({ ...template, metadata }), null, 2)}\n`
}
