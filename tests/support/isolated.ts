// The template of tests/verifier/cases/isolated.yaml with edits, and what verify says of it.
import { readFileSync } from 'node:fs'
import { type ClaimReport, type Declarations, verify } from '../../verifier/index.ts'
import { type Json, readTemplate } from './read-template.ts'

export type Edit = (template: Json) => void

const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))

export const judge = (edit: Edit, declarations: Partial<Declarations> = {}): readonly ClaimReport[] => {
  const template = structuredClone(base)
  edit(template)
  const templates = [{ path: 't.json', text: JSON.stringify(template) }]
  return verify({ templates, readFile: () => undefined, declarations }).claims
}

/** Of the first target, unless one is named. */
export const claim = (
  id: string,
  edit: Edit,
  declarations: Partial<Declarations> = {},
  target?: string,
): ClaimReport => {
  const found = judge(edit, declarations).find(
    (each) => each.id === id && (target === undefined || each.target === target),
  )
  if (!found) throw new Error(`${id} is not judged`)
  return found
}

/** Sets what stands at a path below `Resources`. */
export const put =
  (path: string, value: Json): Edit =>
  (template) => {
    const names = path.split('.')
    const last = names.pop() as string
    names.reduce((here, name) => here[name], template.Resources)[last] = value
  }

export const both =
  (...edits: readonly Edit[]): Edit =>
  (template) => {
    for (const edit of edits) edit(template)
  }

export const add =
  (resources: Json): Edit =>
  (template) => {
    Object.assign(template.Resources, resources)
  }

/** A parameter `Given`. */
export const free =
  (more: Json = {}): Edit =>
  (template) => {
    template.Parameters = { ...template.Parameters, Given: { Type: 'String', ...more } }
  }
