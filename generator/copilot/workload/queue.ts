/** Topics and queues: they stay in the stacks of Copilot. */
import { unknownIn } from '../interpolate.ts'
import { carried, type Items, lost, malformed } from '../item.ts'
import { flag, look, textOf, type Value } from '../value.ts'
import { walked } from '../walk.ts'
import type { Context } from './context.ts'

const queueArn = ({ names }: Context): string =>
  `arn:aws:sqs:${names.region ?? 'xx-replaceme-1'}:000000000000:replace-me`

const KEEP =
  'take it out of that stack before you delete it: DeletionPolicy: Retain in an override, or a stack of its own'

export const publish = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      topics: (each) => {
        if (each.kind !== 'list' || each.items.length === 0) return [malformed(each, 'a list of topics')]
        const { region = 'xx-replaceme-1', application, environment } = context.names
        const named = (topic: Value, place: string, stage: string): readonly [string, string] => {
          const name = textOf(look(topic, 'name')) ?? 'replace-me'
          const fifo = look(topic, 'fifo')
          const end = fifo === undefined || flag(fifo) === false ? '' : '.fifo'
          return [name, `arn:aws:sns:${place}:${application}-${stage}-${context.name}-${name}${end}`]
        }
        const topics = Object.fromEntries(
          each.items.map((topic) => named(topic, `${region}:000000000000`, environment ?? 'replace-me')),
        )
        const resources = each.items.map((topic) => named(topic, '{region}:{account}', '{environment}')[1])
        const ask = `the topics are in the old stack of ${context.name}: write the account${environment === undefined ? ', and the environment' : ''}`
        return [
          lost(each, 'topics stay in the old stack of the service', KEEP, false),
          carried(each, [...context.path, 'environment', 'COPILOT_SNS_TOPIC_ARNS'], JSON.stringify(topics), { ask }),
          carried(each, [...context.path, 'permissions'], { actions: ['sns:Publish'], resources }, { append: true }),
        ]
      },
    },
    context,
  )

const ACTIONS = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage']

const rights = (context: Context): object => ({
  actions: ACTIONS.map((action) => `sqs:${action}`),
  resources: [queueArn(context)],
})

/** The queue that Copilot made for every worker service. */
export const ownQueue = (value: Value, context: Context): Items => {
  const ask = `the queue is in the old stack of ${context.name} (logical ID EventsQueue)`
  const address = `https://sqs.${context.names.region ?? 'xx-replaceme-1'}.amazonaws.com/000000000000/${unknownIn(context.names)}`
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
    carried(value, [...context.path, 'environment', 'COPILOT_TOPIC_QUEUE_URIS'], unknownIn(context.names), { ask }),
    carried(value, [...context.path, 'permissions'], rights(context), { append: true, ask }),
  ]
}
