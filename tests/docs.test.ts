// The guides say nothing that does not exist: links, files, flags, environments of samconfig.toml.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'

const guides = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
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

// The name on the registry is not ours: npx would fetch and run whatever has it.
test('nobody is told to run an npm package of that name before it is installed', () => {
  const said = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    '.github',
    'docs',
    'examples',
    'templates',
    'generator',
    'verifier',
    'custom-resources',
    'library',
    'portcullis.yaml',
    'samconfig.toml',
    'portcullis.schema.json',
  ].flatMap((place) =>
    (statSync(place).isDirectory()
      ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => join(place, name))
      : [place]
    )
      .filter((path) => statSync(path).isFile())
      .flatMap((path) =>
        (
          readFileSync(path, 'utf8').match(
            /(?:npx|npm exec|npm (?:install|i|add)|yarn dlx|pnpm dlx)\b[^\n`]*\bportcullis\b[^\n`]*/g,
          ) ?? []
        ).map((command) => `${path}: ${command}`),
      ),
  )
  expect(said.length).toBeGreaterThan(5)
  const safe =
    /npx --no-install portcullis|npm install --save-dev (?:\.\/portcullis-\d+\.\d+\.\d+\.tgz|git\+https:\/\/github\.com\/OWNER\/portcullis\.git)$/
  expect(said.filter((command) => !safe.test(command.trim()))).toEqual([])
})

test('the version that the guides install is this one', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [, named] of readFileSync('README.md', 'utf8').matchAll(/portcullis-(\d+\.\d+\.\d+)\.tgz/g))
    expect(named).toBe(version)
})

test('every environment that the guides deploy has its template', () => {
  for (const folder of ['.', ...readdirSync('examples').map((name) => `examples/${name}`)])
    for (const settings of Object.values(parse(readFileSync(join(folder, 'samconfig.toml'), 'utf8')))) {
      if (typeof settings !== 'object') continue
      const { template_file } = (settings as unknown as { deploy: { parameters: { template_file: string } } }).deploy
        .parameters
      if (template_file.startsWith('choose an environment')) continue
      expect(existsSync(join(folder, template_file))).toBe(true)
    }
})
