// The page of `report` in Chromium: nobody is kept from reading it, nothing leaves, and nothing of a template runs.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { readTemplate } from '../support/read-template.ts'
import { inputs, main, opened } from '../verifier/diagram/pictures.ts'
import { hostile, payloads } from '../verifier/page/hostile.ts'
import { pageOf } from '../verifier/page/pages.ts'

type Seen<T> = T & { readonly requests: readonly string[]; readonly complaints: readonly string[] }
type At = { readonly told: string; readonly hash: string }
type Stop = { readonly href: string; readonly name: string; readonly told: string }
/** As `in-chromium.mjs` prints it. */
type Result = {
  readonly name: string
  readonly looks: Readonly<Record<string, Seen<{ violations: readonly string[] }>>>
  readonly keyboard: Seen<{ wanted: number; reached: readonly Stop[]; hidden: boolean; hash: string }>
  readonly mouse: Seen<At>
  readonly finger: Seen<At>
  readonly withoutScript: Seen<At>
  readonly narrow: Seen<{ overflow: readonly string[] }>
  readonly print: Seen<{ pages: number; resources: number; shown: number; background: string }>
  readonly guarded?: Seen<{ ran: readonly string[] }>
  readonly unguarded?: Seen<{ ran: readonly string[] }>
}

const inputNamed = (wanted: string) => {
  const found = inputs.find(([name]) => name === wanted)
  if (!found) throw new Error(`no templates are called ${wanted}`)
  return found[1]()
}
const ofText = (text: string, path: string) => ({ templates: [{ path, text }], readFile: () => undefined })

/** Each text sets a mark of its own, if it runs. */
const marked = payloads.map((payload, index) => payload.replaceAll('RUN', `globalThis.ran${index}=1`)).join(' ')
const pages: readonly { readonly name: string; readonly html: string; readonly hostile?: true }[] = [
  ...['.', 'examples/services', 'examples/every-key', '10 services'].map((name) => ({
    name,
    html: pageOf(inputNamed(name)),
  })),
  { name: 'an opened one', html: pageOf(ofText(opened, 'opened.yaml')) },
  ...['03-sam-public-alb.yaml', '25-cdk-private-and-public.json', '62-rest-api-key.yaml'].map((name) => ({
    name,
    html: pageOf(inputNamed(`tests/verifier/foreign/${name}`)),
  })),
  {
    name: 'a hostile one',
    html: pageOf(ofText(JSON.stringify(hostile(readTemplate(opened), marked)), `${marked}.json`)),
    hostile: true,
  },
]
const names = pages.map(({ name }) => name)

let results: readonly Result[]
const resultOf = (name: string): Result => {
  const found = results.find((each) => each.name === name)
  if (!found) throw new Error(`${name} was not looked at`)
  return found
}

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/e2e/in-chromium.mjs'], {
    input: JSON.stringify(pages),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  // It says what is missing, and how to get it.
  if (status !== 0) throw new Error(stderr)
  results = JSON.parse(stdout)
})

describe.each(names)('%s', (name) => {
  test.each(['light', 'dark', 'without JavaScript', 'on a phone'])('axe finds nothing: %s', (way) => {
    expect(resultOf(name).looks[way]?.violations).toEqual([])
  })

  test('Tab reaches every hop and tells of it; Escape hides that, and Enter leads to it', () => {
    const { wanted, reached, hidden, hash } = resultOf(name).keyboard
    expect(new Set(reached.map(({ href }) => href)).size).toBe(wanted)
    for (const stop of reached) {
      expect(stop.name.trim()).not.toBe('')
      expect(stop.told.trim()).not.toBe('')
    }
    expect({ hidden, hash }).toEqual({ hidden: true, hash: reached.at(-1)?.href })
  })

  test('a mouse and a finger tell of a hop, and without JavaScript it leads there', () => {
    const { mouse, finger, withoutScript } = resultOf(name)
    expect(mouse.told).toMatch(/\w/)
    expect(finger.told).toBe(mouse.told)
    expect([mouse.hash, finger.hash]).toEqual(['', ''])
    expect({ told: withoutScript.told, hash: withoutScript.hash }).toEqual({
      told: '',
      hash: expect.stringMatching(/^#box-\d+$/),
    })
  })

  test('nothing is wider than the page, at any width', () => {
    expect(resultOf(name).narrow.overflow).toEqual([])
  })

  test('on paper there are all resources, on white', () => {
    const { pages: count, resources, shown, background } = resultOf(name).print
    expect(count).toBeGreaterThan(1)
    expect(resources).toBeGreaterThan(5)
    expect({ shown, background }).toEqual({ shown: resources, background: 'rgb(255, 255, 255)' })
  })

  test('no request leaves, and nothing complains', () => {
    const { name: _, looks, ...rest } = resultOf(name)
    for (const { requests, complaints } of [...Object.values(looks), ...Object.values(rest)])
      expect({ requests, complaints }).toEqual({ requests: [], complaints: [] })
  })
})

test('no text of a template runs, with the policy of the page and without it', () => {
  const { guarded, unguarded } = resultOf('a hostile one')
  expect([guarded?.ran, unguarded?.ran]).toEqual([[], []])
})

test('what a hop is told by is in the templates', () => {
  const { reached } = resultOf('.').keyboard
  const link = reached.find(({ name }) => name === 'VpcLink to LoadBalancer (tcp/443)')
  const [, file = '', line] = link?.told.match(/VpcLinkEgressToLoadBalancer (templates\/[a-z-]+\.yaml):(\d+)/) ?? []
  expect(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]).toMatch(/^ {2}VpcLinkEgressToLoadBalancer:/)
  expect(main).toContain('VpcLinkEgressToLoadBalancer')
})
