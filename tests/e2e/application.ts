// The main example, and what is made of it: written by the built CLI into a folder of its own, as a user would.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { repository } from '../lint/python.ts'

export type Config = {
  domain: Record<string, unknown>
  environments: Record<string, unknown>
  services: Record<string, Record<string, unknown>>
  api: { routes?: Record<string, unknown>[] } & Record<string, unknown>
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const guarded = (paths: readonly string[]) =>
  paths.flatMap((path) => methods.map((method) => ({ route: `${method} ${path}`, auth: 'customers' })))

export const image = (name: string, tag: string): string =>
  `111111111111.dkr.ecr.eu-west-1.amazonaws.com/${name}:${tag}`

/** One service more, a route that is open, and one that asks for a scope. */
export function withStatus(config: Config): void {
  config.services['status'] = { image: image('status', '0.9.0'), port: 3000, paths: ['/status'] }
  config.api.routes = [
    ...guarded(['/orders', '/orders/{proxy+}', '/catalog', '/catalog/{proxy+}']),
    { route: 'GET /status', auth: 'none' },
    { route: 'POST /status', auth: 'customers', scopes: ['status.write'] },
  ]
}

/** A folder with the config, changed, and all that `generate` makes of it. */
export function generated(folder: string, change: (config: Config) => void): string {
  mkdirSync(folder, { recursive: true })
  const config = parse(readFileSync(join(repository, 'portcullis.yaml'), 'utf8'))
  change(config)
  writeFileSync(join(folder, 'portcullis.yaml'), stringify(config))
  execFileSync(process.execPath, [join(repository, 'dist', 'cli.js'), 'generate'], { cwd: folder, encoding: 'utf8' })
  return folder
}

/** A folder with a config of its own, and all that `generate` makes of it. */
export function generatedFrom(folder: string, config: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'portcullis.yaml'), config)
  execFileSync(process.execPath, [join(repository, 'dist', 'cli.js'), 'generate'], { cwd: folder, encoding: 'utf8' })
  return folder
}

/** Replaces a text that must be there once in each of the files that hold it; at least one does. */
export function edit(folder: string, files: readonly string[], from: string, to: string): void {
  const holding = files.filter((file) => readFileSync(join(folder, file), 'utf8').includes(from))
  if (holding.length === 0) throw new Error(`no file says ${from}`)
  for (const file of holding) {
    const text = readFileSync(join(folder, file), 'utf8')
    writeFileSync(join(folder, file), text.replace(from, to))
  }
}
