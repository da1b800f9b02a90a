// What scaling makes of a queue, played through: any number of messages, and limits that a parameter may have moved.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Step, stepsOf } from '../../../../generator/model/service/steps.ts'
import { seed } from '../../../support/effort.ts'

/** As Application Auto Scaling reads steps of exact numbers: https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html */
const tasksFor = (steps: readonly Step[], messages: number, min: number, max: number): number => {
  const asked = steps.filter(({ from }) => messages >= from).at(-1)?.tasks ?? Number.NaN
  return Math.min(max, Math.max(min, asked))
}

const cases = fc.record({
  messagesPerTask: fc.integer({ min: 1, max: 1_000_000 }),
  max: fc.integer({ min: 1, max: 5000 }),
  allowed: fc.integer({ min: 1, max: 5000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('no task has more messages before it than it should, as long as more tasks are allowed', () => {
  fc.assert(
    fc.property(cases, ({ messagesPerTask, max, allowed, share }) => {
      const messages = Math.ceil(share * messagesPerTask * 1.2 * allowed)
      const tasks = tasksFor(stepsOf(messagesPerTask, max), messages, 0, allowed)
      expect(tasks).toBeLessThanOrEqual(allowed)
      if (tasks < allowed) expect(messages).toBeLessThanOrEqual(tasks * messagesPerTask)
    }),
    { seed },
  )
})

test('an empty queue asks for none, one message for one task, and half as many more than needed at most', () => {
  fc.assert(
    fc.property(cases, ({ messagesPerTask, max, share }) => {
      const steps = stepsOf(messagesPerTask, max)
      expect(tasksFor(steps, 0, 0, max)).toBe(0)
      expect(tasksFor(steps, 1, 0, max)).toBe(1)
      const messages = 1 + Math.floor(share * messagesPerTask * Math.min(max, 150))
      const needed = Math.ceil(messages / messagesPerTask)
      const tasks = tasksFor(steps, messages, 0, max)
      if (needed <= 100 && tasks < max) expect(tasks).toBeLessThanOrEqual(Math.max(needed, Math.ceil(needed * 1.5)))
    }),
    { seed },
  )
})

test('steps follow each other, and are no more than a policy may have', () => {
  fc.assert(
    fc.property(cases, ({ messagesPerTask, max }) => {
      const steps = stepsOf(messagesPerTask, max)
      expect(steps.length).toBeLessThanOrEqual(20)
      for (const [index, { from, tasks }] of steps.entries()) {
        const before = steps[index - 1]
        if (before === undefined) expect({ from, tasks }).toEqual({ from: 0, tasks: 0 })
        else {
          expect(from).toBeGreaterThan(before.from)
          expect(tasks).toBeGreaterThan(before.tasks)
        }
      }
    }),
    { seed },
  )
})
