// The pages as GitHub shows them: links and anchors that lead somewhere, tables that fit, no HTML that shows.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { anchorsOf, blocksOf, linksOf, pages, proseOf } from '../support/docs/page.ts'

/** Their tables list tests and files for people who change this project. */
const withWideTables = ['docs/custom-resources.md', 'docs/library.md', 'ARCHITECTURE.md']

test('there are pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/config.md', 'docs/day-two.md']))
})

test('anchors are those of GitHub', () => {
  expect([...anchorsOf('docs/config.md')]).toEqual(
    expect.arrayContaining(['the-config-key-by-key', 'loadbalancer', 'servicesnamehealth', 'apiroutes']),
  )
})

describe.each(pages)('%s', (page) => {
  const prose = proseOf(page)
  const tables = prose.split('\n').filter((line) => line.startsWith('|'))

  test('links and anchors lead somewhere', () => {
    const broken = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor))
    })
    expect(broken).toEqual([])
  })

  test('no HTML shows, and none is needed', () => {
    const shown = prose.replaceAll(/`[^`\n]*`/g, '').match(/&(?:lt|gt|amp|nbsp|#\d+);|<\/?[a-z][^>]*>/gi)
    expect(shown ?? []).toEqual([])
  })

  test('no two pieces of code touch', () => {
    expect(prose.match(/[^`\n]`[\w<>.-]+``[\w<>.-]+`(?!`)/g) ?? []).toEqual([])
  })

  test('one title, and no heading skips a level', () => {
    const levels = [...prose.matchAll(/^(#{1,6}) /gm)].map(([, marks = '']) => marks.length)
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
  })

  if (!withWideTables.includes(page))
    test('tables have at most three narrow columns', () => {
      const wide = (line: string): boolean => line.replaceAll(/\]\([^)]*\)/g, '').length > 100
      const cells = (line: string): number => line.replaceAll(/\\\||`[^`]*`/g, '').split('|').length - 2
      expect(tables.filter((line) => wide(line) || cells(line) > 3)).toEqual([])
    })
})

/** Pages that a newcomer reads first. */
const first = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/config.md',
  'docs/sam-deploy.md',
  'docs/security.md',
  'docs/cost.md',
]

// Measured in a browser: a block in a column of 830 pixels shows 89 characters, and hides the rest behind a scroll bar.
test.each(first)('the blocks of %s show whole lines', (page) => {
  const hidden = blocksOf(page)
    .filter(({ language }) => language !== 'mermaid')
    .flatMap(({ line, text }) =>
      text
        .split('\n')
        .filter((each) => each.length > 89)
        .map((each) => `${page}:${line}: ${each}`),
    )
  expect(hidden).toEqual([])
})
