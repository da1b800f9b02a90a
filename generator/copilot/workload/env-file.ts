/** Variables in a file beside the manifests: taken as they are, but for what looks like a secret. */
import { carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { look, textOf, type Value } from '../value.ts'
import type { Context } from './context.ts'

const SECRET = /SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|DATABASE_URL|DSN/i

type Line = { readonly name: string; readonly value: string }

/** As ECS reads it: one NAME=value in a line, with nothing quoted. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html */
const linesOf = (text: string): readonly Line[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, value: value ?? '' }]
  })

/** Where the path in a manifest leads: it starts beside the folder `copilot`. */
export const envFilePath = (manifest: string, name: string): string => {
  const root = manifest.replace(/(?:^|\/)copilot\/.*$/s, '')
  return `${root === '' ? '' : `${root}/`}${name.replace(/^(?:\.\/)+/, '')}`
}

const item = (at: Value, { name, value }: Line, { container, manifest }: Context): Item => {
  if (look(manifest, 'variables', name) !== undefined) return implied(at, `${name} is in variables, which counts`)
  return SECRET.test(name)
    ? lost(at, `${name} looks like a secret`, 'put it into Secrets Manager, and name it in secrets of the service')
    : carried(at, [...container, 'environment', name], value)
}

export const envFile = (value: Value, context: Context): Items => {
  const name = textOf(value)
  if (name === undefined) return [malformed(value, 'the path of a file')]
  const text = context.files[envFilePath(value.at.file, name)]
  if (text === undefined)
    return [
      lost(
        value,
        'the file is not here',
        'write its lines into environment of the service, and what is secret in it into Secrets Manager',
      ),
    ]
  const [first, ...rest] = linesOf(text).map((line) => item(value, line, context))
  return first === undefined ? [implied(value, 'there is no variable in it')] : [first, ...rest]
}
