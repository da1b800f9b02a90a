// What runs in the tasks of the local deployment: `node program.mjs WHAT`. It writes what it does into the file $LOG.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const { LOG, QUEUE_URL, AWS_ENDPOINT_URL, AWS_REGION } = process.env
const [what] = process.argv.slice(2)
const say = (line) => appendFileSync(LOG, `${line}\n`)
const said = () => (existsSync(LOG) ? readFileSync(LOG, 'utf8') : '')

const sqs = async (action, body) => {
  const reply = await fetch(AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${AWS_REGION}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    },
    body: JSON.stringify({ QueueUrl: QUEUE_URL, ...body }),
  })
  if (!reply.ok) throw new Error(await reply.text())
  return JSON.parse((await reply.text()) || '{}')
}

const programs = {
  /** Takes messages until it is stopped. */
  worker: async () => {
    for (;;) {
      const { Messages = [] } = await sqs('ReceiveMessage', { WaitTimeSeconds: 1 })
      for (const { Body, ReceiptHandle } of Messages) {
        say(`took ${Body}`)
        await sqs('DeleteMessage', { ReceiptHandle })
      }
    }
  },
  /** What goes before the job. */
  init: () => say('init'),
  /** Fails when it runs for the first time. */
  job: () => {
    const isFirst = !said().includes('job')
    say(isFirst ? 'job fails' : 'job succeeds')
    setTimeout(() => process.exit(isFirst ? 1 : 0), 200)
  },
  /** Runs until it is stopped, and ends as one that is stopped often does. */
  sidecar: () => {
    process.on('SIGTERM', () => {
      say('sidecar stopped')
      process.exit(143)
    })
    setInterval(() => undefined, 1000)
  },
}

await programs[what]()
