// .ci/run runs checkov itself (scripts/checkov.ts): here is what it does with what checkov says.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { type Answer, answers, withAnswers } from '../scripts/checkov-answers.ts'
import { type Finding, unanswered, unfound } from '../scripts/checkov-findings.ts'

const answer: Answer = { check: 'C_1', asks: '', on: ['T'], because: '' }
const finding: Finding = { check: 'C_1', asks: 'a key', type: 'T', id: 'Bucket', path: 'examples/nat/templates/x.yaml' }

test('a finding that nobody has answered is told with its place', () => {
  expect(unanswered([finding], [answer])).toEqual([])
  for (const other of [{ check: 'C_2' }, { type: 'U' }])
    expect(unanswered([{ ...finding, ...other }], [answer])).toEqual([
      expect.stringMatching(/^no answer to C_. \(a key\) on . Bucket in examples\/nat\/templates\/x\.yaml$/),
    ])
})

test('an answer for one example is none for another', () => {
  const only = { ...answer, only: ['nat'] }
  expect(unanswered([finding], [only])).toEqual([])
  expect(unanswered([{ ...finding, path: 'templates/x.yaml' }], [only])).toHaveLength(1)
  expect(unanswered([{ ...finding, path: 'examples/nation/templates/x.yaml' }], [only])).toHaveLength(1)
})

test('an answer that nothing asks for any more is told, for each of its types and examples', () => {
  expect(unfound([finding], [answer])).toEqual([])
  expect(unfound([], [answer])).toEqual(['no finding C_1 on T any more'])
  expect(unfound([finding], [{ ...answer, on: ['T', 'U'] }])).toEqual(['no finding C_1 on U any more'])
  expect(unfound([finding], [{ ...answer, only: ['nat', 'minimal'] }])).toEqual([
    'no finding C_1 on T in minimal any more',
  ])
})

test('the guide has every answer', () => {
  const guide = readFileSync('docs/security.md', 'utf8')
  expect(withAnswers(guide)).toBe(guide)
  expect(new Set(answers.map(({ check, on }) => `${check} ${on}`)).size).toBe(answers.length)
})
