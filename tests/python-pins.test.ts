// What pip and uv install is what was pinned, to the byte, and comes from wherever the user's own index is.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const folder = 'tests/python'

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(`${folder}/${name}`, 'utf8').replaceAll(/^#.*\n/gm, '')
  const pins = text.split(/\n(?! )/).filter((pin) => pin !== '')

  test('pins every package to one version and to the hashes of its files', () => {
    expect(pins.length).toBeGreaterThan(0)
    for (const pin of pins)
      expect(pin).toMatch(/^[A-Za-z0-9._-]+==\S+(?: ; [^\\\n]+)?(?: \\\n {4}--hash=sha256:[0-9a-f]{64})+$/)
    const packages = pins.map((pin) =>
      pin
        .split('==')[0]
        ?.toLowerCase()
        .replaceAll(/[._-]+/g, '-'),
    )
    expect(new Set(packages).size).toBe(pins.length)
  })

  test('names no index', () => {
    expect(text).not.toMatch(/:\/\/|--(?:extra-)?index-url|--find-links/)
  })
})

test('nothing is installed without asking for hashes', () => {
  const script = readFileSync('scripts/python-environment.mjs', 'utf8')
  expect(script).toMatch(/exactly = \[.*'--no-deps', '--require-hashes', '-r'\]/)
  expect(script.match(/'install'/g)).toHaveLength(3)
  expect(script.match(/'install',[^\]]*\.\.\.exactly/g)).toHaveLength(3)
})
