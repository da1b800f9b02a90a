// What is told of a resource by what is written alone is so in every world.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { noDeclarations } from '../../verifier/declarations.ts'
import { open, type Session } from '../../verifier/judge/session.ts'
import { UnreadableTemplate } from '../../verifier/read/errors.ts'
import { isReadThroughout, isUnderstood, unreadIn, unreadOf } from '../../verifier/relations/unread.ts'
import { writtenIn } from '../../verifier/relations/written.ts'
import { OutOfSteps } from '../../verifier/worlds/budget.ts'
import { explore, TooManyWorlds } from '../../verifier/worlds/explore.ts'
import { isolated } from './laws/bases.ts'

const folders = ['templates', 'tests/verifier/cases', 'tests/verifier/cases/more', 'tests/verifier/foreign']
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.startsWith('expected'))
    .map((name) => join(folder, name)),
)

/** Of one resource; further ones add little, and some of the cases have very many. */
const mostWorlds = 16

const opened = (path: string, text: string): Session =>
  open({ templates: [{ path, text }], readFile: () => undefined, ownFunctions: new Set() }, noDeclarations)

/** Of those that can be read. */
const sessions = (): readonly Session[] =>
  files.flatMap((file) => {
    try {
      return [opened(file, readFileSync(file, 'utf8'))]
    } catch (error) {
      if (error instanceof UnreadableTemplate) return []
      throw error
    }
  })

test('nothing is left open where what is written is understood', () => {
  let told = 0
  let read = 0
  let all = 0
  const wrong: string[] = []
  for (const session of sessions()) {
    const { program, around, factsIn, start } = session
    const keys = new Map([...program.resources].map(([key, resource]) => [key, resource]))
    for (const resource of keys.values()) {
      all++
      const isTold = isUnderstood(around, resource)
      const isRead = isReadThroughout(around, resource)
      if (!isTold && !isRead) continue
      const others = new Map([...keys].filter(([key]) => key !== resource.key))
      let worlds = 0
      try {
        session.budget.within(() =>
          explore(program, start, (world) => {
            if (++worlds > mostWorlds) throw new TooManyWorlds(undefined)
            const facts = factsIn(world)
            if (!facts.exists(resource)) return
            if (isTold && unreadIn(facts, resource, others)) wrong.push(`${resource.key} names something`)
            if (isRead && unreadOf(facts, resource)) wrong.push(`${resource.key} has something unread`)
          }),
        )
      } catch (error) {
        if (!(error instanceof TooManyWorlds || error instanceof OutOfSteps)) throw error
      }
      if (isTold) told++
      if (isRead) read++
    }
  }
  expect(wrong).toEqual([])
  // Most need no world, or telling would be for nothing.
  expect(told).toBeGreaterThan(all / 2)
  expect(read).toBeGreaterThan(all / 2)
})

test.each([
  ['a text', 'x', true],
  ['a list of texts and references', ['x', { Ref: 'Vpc' }], true],
  ['an attribute of its own', { 'Fn::GetAtt': ['Vpc', 'VpcId'] }, true],
  ['an attribute that hands on', { 'Fn::GetAtt': ['LoadBalancer', 'SecurityGroups'] }, false],
  ['a text with references', { 'Fn::Sub': 'a-${Vpc}-${AWS::Region}-${!Not}' }, true],
  ['a text with its own words', { 'Fn::Sub': ['${A}', { A: { Ref: 'Vpc' } }] }, true],
  ['a text with words that a function picks', { 'Fn::Sub': ['${A}', { A: { 'Fn::Select': [0, ['a']] } }] }, false],
  ['a text with what is not there', { 'Fn::Sub': '${Nobody}' }, false],
  ['a reference to what is not there', { Ref: 'Nobody' }, false],
  ['texts joined', { 'Fn::Join': ['', ['a', { Ref: 'Vpc' }]] }, true],
  ['both branches', { 'Fn::If': ['C', { Ref: 'Vpc' }, { Ref: 'AWS::NoValue' }] }, true],
  ['branches of a condition that is not there', { 'Fn::If': ['D', 'a', 'b'] }, false],
  ['what a mapping has in every row', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'it'] }, true],
  ['what a mapping has in some rows', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'some'] }, false],
  ['what a mapping has in a row', { 'Fn::FindInMap': ['M', 'eu-west-1', 'some'] }, true],
  ['what a mapping does not have', { 'Fn::FindInMap': ['M', 'us-east-1', 'some'] }, false],
  [
    'what is in another file',
    { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } },
    false,
  ],
  ['what another stack has', { 'Fn::ImportValue': 'x' }, false],
])('%s is told: %s %s', (_, value, expected) => {
  const template = structuredClone(isolated.template)
  template.Mappings = { M: { 'eu-west-1': { it: 'a', some: 'b' }, 'us-east-1': { it: 'c' } } }
  template.Conditions = { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } }
  template.Resources.Link.Properties.Name = value
  const { program } = opened('t', JSON.stringify(template))
  const link = program.resources.get('t/Link')
  expect(link && writtenIn(program, link) !== undefined).toBe(expected)
})
