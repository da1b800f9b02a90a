// What verify reads in a SAM template is what the real translator makes of it, in all that a proof rests on.
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { verify } from '../../verifier/index.ts'
import { type Mapping, textOf } from '../../verifier/read/node.ts'
import { readTemplate } from '../../verifier/read/read-template.ts'
import { refusalIn } from '../../verifier/sam/refusals.ts'
import { translateSam } from '../../verifier/sam/translate.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { startLintProcesses } from './lint-process.ts'
import { brokenTemplates } from './sam/broken-templates.ts'
import { type Comparison, canonical, compare, project, toJson } from './sam/projection.ts'
import { randomTemplates } from './sam/random-templates.ts'

const processes = startLintProcesses(1)
afterAll(() => processes.stop())

const read = (text: string): Mapping => translateSam(readTemplate('template', text).root)

/** Containers of which the pass says that it has not read them. */
const containersIn = (root: Mapping, prefix = 'AWS::Serverless::'): readonly string[] => {
  const resources = root.entries.get('Resources')?.node as Mapping
  return [...resources.entries].flatMap(([id, { node }]) => {
    const type = node.kind === 'map' ? textOf(node.entries.get('Type')?.node) : undefined
    return type?.startsWith(prefix) ? [id] : []
  })
}

type Result = Comparison & { readonly containers: readonly string[] }

function compared(root: Mapping, translated: Json): Result {
  const containers = containersIn(root)
  const ours = project(toJson(root))
  const theirs = project(translated)
  if (containers.length > 0) {
    // What comes out of a container is not known; nothing else may be lost for it.
    for (const id of containers) delete ours.resources[id]
    for (const id of Object.keys(theirs.resources)) if (!ours.resources[id]) delete theirs.resources[id]
    for (const name of Object.keys(theirs.conditions)) if (!ours.conditions[name]) delete theirs.conditions[name]
  }
  // The translator leaves away what another permission of the same function covers.
  const has = new Set(ours.permissions.map(canonical))
  const lost = theirs.permissions.filter((each: Json) => !has.has(canonical(each)))
  if (containers.length === 0) expect(lost).toEqual([])
  return { ...compare({ ...ours, permissions: [] }, { ...theirs, permissions: [] }), containers }
}

/** With something to protect, so that there are claims; half of them would be refuted. */
const guarded = (template: Json): Json => ({
  ...template,
  Resources: {
    ...template.Resources,
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Scheme: 'internet-facing', SecurityGroups: [{ Ref: 'Group' }], Subnets: ['subnet-1'] },
    },
  },
})

const verdictOf = (template: Json): string =>
  verify({ templates: [{ path: 't.json', text: JSON.stringify(guarded(template)) }], readFile: () => undefined })
    .verdict

const count = runs(300)
/** Of the others the translator says that they are wrong. */
const fewest = (235 / 300) * count
const broken = runs(150)

describe('SAM', () => {
  test(`${count} random templates are read as the translator reads them`, async () => {
    const results = new Map<string, number>()
    const tally = (name: string): void => void results.set(name, (results.get(name) ?? 0) + 1)
    const wrong: string[] = []
    for (const [index, { template, isStrange }] of randomTemplates(count, seed).entries()) {
      const text = JSON.stringify(template)
      let translated: Json
      try {
        translated = await processes.translateTemplate(template)
        expect([index, refusalIn(readTemplate('template', text).root)]).toEqual([index, undefined])
      } catch (error) {
        if ((error as { matcherResult?: unknown }).matcherResult) throw error
        tally('refused')
        // Whatever the translator refuses must still be readable.
        expect(read(text).kind).toBe('map')
        continue
      }
      const { differences, accepted, containers } = compared(read(text), translated)
      if (differences.length > 0) wrong.push(`template ${index}:\n  ${differences.join('\n  ')}`)
      const isWhole = accepted.length === 0 && containers.length === 0
      tally(isStrange ? (isWhole ? 'strange, whole' : 'strange, open') : isWhole ? 'whole' : 'open')
    }
    console.log(`SAM templates: ${[...results].map(([name, number]) => `${number} ${name}`).join(', ')}`)
    expect(wrong.slice(0, 20)).toEqual([])
    const of = (name: string): number => results.get(name) ?? 0
    expect(count - of('refused')).toBeGreaterThan(fewest)
    expect(of('whole') / (of('whole') + of('open'))).toBeGreaterThan(0.7)
  })

  test('what the translator is known to refuse is neither refuted nor proved, and nothing else is called refused', async () => {
    const results = new Map<string, number>()
    const missed = new Map<string, number>()
    const tally = (all: Map<string, number>, name: string): void => void all.set(name, (all.get(name) ?? 0) + 1)
    const wrong: string[] = []
    for (const [index, template] of brokenTemplates(broken, seed).entries()) {
      const known = refusalIn(readTemplate('template', JSON.stringify(template)).root)
      const said = await processes.translateTemplate(template).then(
        () => undefined,
        ({ message }: Error) => message,
      )
      if (known && said === undefined) wrong.push(`template ${index} is taken, though ${known.reason}`)
      const verdict = verdictOf(template)
      if (known && verdict !== 'undecided') wrong.push(`template ${index} is ${verdict}, though ${known.reason}`)
      tally(results, said === undefined ? 'taken' : known ? 'refused' : 'refused for reasons that are not modelled')
      if (said !== undefined && !known) tally(missed, said.replaceAll(/\[[^\]]*\]|'[^']*'|\d+/g, '…').slice(0, 120))
      const isOfProperties = /property \w+ not defined for resource|Missing required property/.test(said ?? '')
      // One of the author under the id of the implicit API may be replaced before it is read.
      if (isOfProperties && !known && !/\[Serverless(?:Rest|Http)Api\]/.test(said ?? ''))
        wrong.push(`template ${index}: ${said}`)
    }
    console.log(
      `broken SAM templates: ${[...results].map(([name, number]) => `${number} ${name}`).join(', ')}\n` +
        [...missed]
          .sort(([, a], [, b]) => b - a)
          .slice(0, 8)
          .map(([name, number]) => `  ${number} ${name}`)
          .join('\n'),
    )
    expect(wrong.slice(0, 20)).toEqual([])
    const of = (name: string): number => results.get(name) ?? 0
    expect(of('refused')).toBeGreaterThan(broken / 6)
    expect(of('refused')).toBeGreaterThan(of('refused for reasons that are not modelled'))
  })

  const foreign = readdirSync('tests/verifier/foreign').filter((name) => name.includes('sam') && name.endsWith('.yaml'))
  test.each(foreign)('%s is read as the translator reads it', async (name) => {
    const path = `tests/verifier/foreign/${name}`
    const root = read(readFileSync(path, 'utf8'))
    // A nested application is read as the stack that it is, not here.
    const containers = containersIn(root, 'AWS::Serverless::Application')
    expect(compared(root, await processes.translate(path))).toEqual({ differences: [], accepted: [], containers })
  })
})
