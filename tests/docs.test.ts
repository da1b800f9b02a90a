// The guides say nothing that does not exist: links, files, flags, environments of samconfig.toml.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'

const guides = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts
const environments = ['.', 'examples/every-key', 'examples/zone-elsewhere'].flatMap((folder) =>
  Object.keys(parse(readFileSync(join(folder, 'samconfig.toml'), 'utf8'))),
)
const cli = readFileSync('generator/cli.ts', 'utf8')

describe.each(guides)('%s', (guide) => {
  const text = readFileSync(guide, 'utf8')
  const code = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('\n')

  test('links lead somewhere', () => {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g))
      expect(existsSync(join(dirname(guide), target)) ? target : `${target} does not exist`).toBe(target)
  })

  test('commands and their flags exist', () => {
    for (const [, name = ''] of `${text}`.matchAll(/npm run ([a-z0-9:-]+[a-z0-9])/g))
      expect(Object.keys(scripts)).toContain(name)
    for (const [, name = ''] of code.matchAll(/--config-env (\S+)/g)) expect(environments).toContain(name)
    for (const [, command = '', rest = ''] of code.matchAll(/portcullis ([a-z]+)([^\n#]*)/g)) {
      expect(cli).toContain(`.command('${command}')`)
      for (const [flag] of rest.matchAll(/--[a-z-]+/g)) expect(cli).toContain(`'${flag} `.replace(/ $/, ''))
    }
  })
})

test('every environment that the guides deploy has its template', () => {
  for (const folder of ['.', ...readdirSync('examples').map((name) => `examples/${name}`)])
    for (const settings of Object.values(parse(readFileSync(join(folder, 'samconfig.toml'), 'utf8')))) {
      if (typeof settings !== 'object') continue
      const { template_file } = (settings as unknown as { deploy: { parameters: { template_file: string } } }).deploy
        .parameters
      expect(existsSync(join(folder, template_file))).toBe(true)
    }
})
