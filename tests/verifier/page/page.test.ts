// The page of `report`: what it holds, that it fetches and runs nothing else, and that texts of templates stay texts.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { claimTexts } from '../../../verifier/claims.ts'
import { noDeclarations } from '../../../verifier/declarations.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'
import { main, opened } from '../diagram/pictures.ts'
import { type Element, elementsOf } from './elements.ts'
import { hostile, payloads } from './hostile.ts'
import { pageOf } from './pages.ts'

const inputOf = (text: string, path = 'templates/standalone.yaml') => ({
  templates: [{ path, text }],
  readFile: () => undefined,
})
const proved = pageOf(inputOf(main))
const refuted = pageOf(inputOf(opened, 'opened.yaml'))
const named = (page: string, ...names: readonly string[]): readonly Element[] =>
  elementsOf(page).filter(({ name }) => names.includes(name))
const textsOf = (page: string, ...names: readonly string[]): readonly string[] =>
  named(page, ...names).map(({ text }) => text.replaceAll(/\s+/g, ' ').trim())

test('the main example has its parts, in this order', () => {
  expect(textsOf(proved, 'h1', 'h2')).toEqual([
    'Proved: there is no other way in',
    'Who can reach whom',
    'Claims',
    'Routes',
    'Parameters',
    'Declarations and assumptions',
    'Resources',
    'What was read',
  ])
  expect(textsOf(proved, 'h3').slice(0, 3)).toEqual(['The way in', 'Also allowed', 'What is drawn'])
  expect(textsOf(proved, 'caption')).toEqual([
    'Routes of HttpApi',
    'Authorizers of HttpApi',
    'Parameters',
    'Resources of templates/standalone.yaml',
    'Files that were read',
  ])
  const template: Json = readTemplate(main)
  const rows = textsOf(proved, 'code')
  for (const section of ['Resources', 'Parameters'])
    for (const name of Object.keys(template[section])) expect(rows).toContain(name)
  for (const { id } of claimTexts) expect(rows).toContain(id)
  expect(rows).toContain(createHash('sha256').update(main).digest('hex'))
})

test('the verdict comes first, and with it what is refuted, where it is open, and what to change', () => {
  expect(textsOf(refuted, 'h1')).toEqual(['Refuted: not every claim holds'])
  expect(refuted.indexOf('href="#claim-sole-entrance"')).toBeLessThan(refuted.indexOf('<nav'))
  expect(textsOf(refuted, 'h3')).toContain('Open, and should not be')
  const sole = refuted.slice(refuted.indexOf('<article id="claim-sole-entrance"'))
  expect(sole).toMatch(
    /^[\s\S]*?<ol class="path">[\s\S]*?any host in Vpc[\s\S]*?opened\.yaml:\d+[\s\S]*?<b>Change<\/b> \w/,
  )
})

test('the same templates give the same page', () => {
  expect(pageOf(inputOf(main))).toBe(proved)
})

describe('a parameter', () => {
  const template: Json = readTemplate(main)
  const rule = template.Resources.LoadBalancerIngressFromVpcLink.Properties
  const debugged = JSON.stringify({
    ...template,
    Parameters: {
      ...template.Parameters,
      DebugAccess: { Type: 'String', Default: 'false', AllowedValues: ['true', 'false'] },
    },
    Conditions: { ...template.Conditions, IsDebugged: { 'Fn::Equals': [{ Ref: 'DebugAccess' }, 'true'] } },
    Resources: {
      ...template.Resources,
      Debug: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Condition: 'IsDebugged',
        Properties: { ...rule, SourceSecurityGroupId: undefined, CidrIp: '10.0.0.0/8' },
      },
    },
  })
  const row = (page: string, name: string): string =>
    (page.match(new RegExp(`<tr[^>]*><th[^>]*><code>${name}</code>[\\s\\S]*?</tr>`))?.[0] ?? '').replace(
      /<[^>]+>/g,
      ' ',
    )

  test('that opens something is named with the claim, one that does not with nothing', () => {
    const page = pageOf(inputOf(debugged, 't.json'))
    expect(row(page, 'DebugAccess')).toMatch(/May change\s+sole-entrance\s+of\s+LoadBalancer/)
    expect(row(page, 'ThrottleRate')).toMatch(/Nothing\.\s*$/)
  })

  test('whose value is given is one that the verdict is for', () => {
    const page = pageOf({
      ...inputOf(debugged, 't.json'),
      declarations: { ...noDeclarations, parameters: new Map([['DebugAccess', 'false']]) },
    })
    expect(row(page, 'DebugAccess')).toMatch(
      /given:\s+false\s+one of\s+true\s+, \s+false\s+The verdict is for this value only\./,
    )
    expect(textsOf(page, 'h1')).toEqual(['Proved: there is no other way in'])
    expect(page).toContain('<code>--parameter DebugAccess=false</code>')
  })
})

describe('nothing is fetched, and nothing else runs:', () => {
  test.each([
    ['proved', proved],
    ['refuted', refuted],
  ])('%s', (_, page) => {
    const policy = elementsOf(page)
      .find(({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy')
      ?.attributes.get('content')
    const inside = (name: string): readonly string[] =>
      [...page.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, text = '']) => text)
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect([inside('style').length, inside('script').length]).toEqual([1, 1])
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${inside('style').map(hash).join(' ')}`,
      `script-src ${inside('script').map(hash).join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect(inside('style').join('')).not.toMatch(/url\(|@import|@font-face|<\//)
    expect(inside('script').join('')).not.toMatch(/innerHTML|insertAdjacent|eval|fetch|XMLHttp|import|src|<\//)
    const pairs = elementsOf(page).flatMap(({ attributes }) => [...attributes])
    const acting = /^(?:on|style$|src|srcset$|action$|formaction$|ping$|xlink)/
    expect(pairs.filter(([key]) => acting.test(key))).toEqual([])
    expect(pairs.filter(([key, value]) => key === 'href' && !/^#[a-z0-9-]+$/.test(value))).toEqual([])
  })

  test('every link leads somewhere on the page, and no two places share a name', () => {
    for (const page of [proved, refuted]) {
      const ids = elementsOf(page).flatMap(({ attributes }) => attributes.get('id') ?? [])
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
      const wanted = elementsOf(page).flatMap(
        ({ attributes }) => attributes.get('href')?.slice(1) ?? attributes.get('aria-labelledby') ?? [],
      )
      expect(wanted.filter((id) => !ids.includes(id))).toEqual([])
    }
  })

  // The build writes ASCII, but leaves a tagged template as it is.
  test('its markup is ASCII', () => {
    for (const file of readdirSync('verifier/page')) {
      const tagged = [...readFileSync(`verifier/page/${file}`, 'utf8').matchAll(/html`[^`]*/g)]
      expect(tagged.filter(([text]) => /[^ -~\n]/.test(text))).toEqual([])
    }
  })
})

test('has colours for light and dark, a form for paper, and a name for each part', () => {
  for (const page of [proved, refuted]) {
    const [style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page)?.slice(1) ?? []
    expect(style).toMatch(/@media screen and \(prefers-color-scheme:dark\)\{:root\{--/)
    expect(style).toMatch(/@media print\{/)
    for (const { attributes } of named(page, 'nav', 'section'))
      expect(attributes.get('aria-label') ?? attributes.get('aria-labelledby')).toMatch(/\w/)
  }
})

test('every hop of the picture is a link to what is told of it', () => {
  for (const page of [proved, refuted]) {
    const links = named(page, 'a').filter(({ attributes }) => /^#(?:box|line)-/.test(attributes.get('href') ?? ''))
    const told = named(page, 'li').filter(({ attributes }) => /^(?:box|line)-/.test(attributes.get('id') ?? ''))
    expect(links.length).toBeGreaterThan(10)
    expect(links.map(({ attributes }) => attributes.get('href')).toSorted()).toEqual(
      told.map(({ attributes }) => `#${attributes.get('id')}`).toSorted(),
    )
    for (const { attributes } of links)
      if (attributes.get('href')?.startsWith('#line')) expect(attributes.get('aria-label')).toMatch(/\w to \w/)
  }
})

test('hostile texts are texts, wherever they stand', () => {
  const known = new Set([...elementsOf(proved), ...elementsOf(refuted)].map(({ name }) => name))
  const attributes = new Set(
    [...elementsOf(proved), ...elementsOf(refuted)].flatMap((element) => [...element.attributes.keys()]),
  )
  const text = payloads.join(' ')
  const page = pageOf(inputOf(JSON.stringify(hostile(readTemplate(opened), text)), `${text}.json`))
  const found = elementsOf(page)
  expect(found.filter(({ name }) => !known.has(name))).toEqual([])
  expect(found.flatMap((element) => [...element.attributes.keys()]).filter((key) => !attributes.has(key))).toEqual([])
  // It got everywhere: names, descriptions, values and the name of the file.
  expect(page.split('onerror=RUN').length).toBeGreaterThan(300)
  for (const hidden of ['\u202e', '\u2028', '\u0000', '\u001b']) expect(page).not.toContain(hidden)
})
