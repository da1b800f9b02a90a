/** Topics and queues: they stay in the stacks of Copilot. */
import { carried, type Items, lost, malformed } from '../item.ts'
import { look, textOf, type Value } from '../value.ts'
import { walked } from '../walk.ts'
import type { Context } from './context.ts'

const arn = (service: string, { names }: Context): string =>
  `arn:aws:${service}:${names.region ?? 'xx-replaceme-1'}:000000000000:replace-me`

const KEEP =
  'take it out of that stack before you delete it: DeletionPolicy: Retain in an override, or a stack of its own'

export const publish = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      topics: (each) => {
        if (each.kind !== 'list' || each.items.length === 0) return [malformed(each, 'a list of topics')]
        const names = each.items.map((topic) => textOf(look(topic, 'name')) ?? 'replace-me')
        const ask = `the topics ${names.join(', ')} are in the old stack of ${context.name}: write their ARNs`
        const topics = Object.fromEntries(names.map((name) => [name, arn('sns', context)]))
        return [
          lost(each, 'topics stay in the old stack of the service', KEEP, false),
          carried(each, [...context.path, 'environment', 'COPILOT_SNS_TOPIC_ARNS'], JSON.stringify(topics), { ask }),
          carried(
            each,
            [...context.path, 'permissions'],
            { actions: ['sns:Publish'], resources: [arn('sns', context)] },
            { append: true, ask },
          ),
        ]
      },
    },
    context,
  )

const ACTIONS = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage']

const rights = (context: Context): object => ({
  actions: ACTIONS.map((action) => `sqs:${action}`),
  resources: [arn('sqs', context)],
})

/** The queue that Copilot made for every worker service. */
export const ownQueue = (value: Value, context: Context): Items => {
  const ask = `the queue is in the old stack of ${context.name} (logical ID EventsQueue)`
  const address = `https://sqs.${context.names.region ?? 'xx-replaceme-1'}.amazonaws.com/000000000000/replace-me`
  return [
    carried(value, [...context.path, 'environment', 'COPILOT_QUEUE_URI'], address, { ask }),
    carried(value, [...context.path, 'permissions'], rights(context), { append: true, ask }),
  ]
}

export const subscribe = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      queue: (each) => [
        lost(each, 'the queue stays in the old stack of the service, with the messages in it', KEEP, false),
      ],
      topics: (each) => {
        const own = each.kind === 'list' && each.items.some((topic) => look(topic, 'queue') !== undefined)
        const kept = lost(each, 'subscriptions stay in the old stack of the service', KEEP, false)
        return own ? [kept, ...queuesOfTopics(each, context)] : [kept]
      },
    },
    context,
  )

/** Topics that have a queue of their own. */
const queuesOfTopics = (value: Value, context: Context): Items => {
  const ask = `topics with queues of their own: copy the variable from the task definition of the old service ${context.name}, and write the ARNs of the queues`
  return [
    carried(value, [...context.path, 'environment', 'COPILOT_TOPIC_QUEUE_URIS'], 'replace-me', { ask }),
    carried(value, [...context.path, 'permissions'], rights(context), { append: true, ask }),
  ]
}
