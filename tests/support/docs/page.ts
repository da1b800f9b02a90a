// The pages that people read, and what is in them: fenced blocks, headings, links, tables.
import { readdirSync, readFileSync } from 'node:fs'

/** A fenced block. `markers` are the comments of its page right before it: `<!-- not run: REASON -->` and the like. */
export type Block = {
  readonly page: string
  readonly line: number
  readonly language: string
  readonly text: string
  readonly markers: readonly string[]
}

/** Every page for people: those at the top level and all below docs/. */
export const pages: readonly string[] = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].filter((name) => name !== 'CHANGELOG.md')

export const textOf = (page: string): string => readFileSync(page, 'utf8')

const fence = /^( *)```(\S*)[^\n]*\n([\s\S]*?)^\1```$/gm

export function blocksOf(page: string): Block[] {
  const text = textOf(page)
  return [...text.matchAll(fence)].map(({ 1: indent = '', 2: language = '', 3: body = '', index }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language,
    text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    markers: markersBefore(text.slice(0, index)),
  }))
}

function markersBefore(text: string): string[] {
  const [run = ''] = text.match(/(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/) ?? []
  return [...run.matchAll(/<!--([\s\S]*?)-->/g)].map(([, inside = '']) => inside.trim())
}

/** What comes after `NAME:` in a marker of the block, if it has one. */
export const markerOf = (block: Block, name: string): string | undefined =>
  block.markers
    .find((marker) => marker.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim()

/** A page without its blocks and comments: what is prose, tables and headings. */
export const proseOf = (page: string): string =>
  textOf(page)
    .replaceAll(fence, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')

/** Commands of `aws` and `sam` in the middle of a sentence. What a reader fills in is a word here. */
export const inlineCommandsOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/`((?:aws|sam) [a-z][^`\n]*)`/g)].map(([, command = '']) =>
    command.replaceAll(/<(\w+)>/g, '$1'),
  )

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const anchors = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return new Set(anchors)
}

/** The targets of a page's links to files and headings. */
export const linksOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, target = '']) => target)
