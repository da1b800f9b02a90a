// What the front answers in moto's stead, in the form of each service's protocol.
import type { Reply } from './aws-front.ts'

/** An error, as the service would send it. */
export const refusal =
  (status: number, code: string, message = 'made by the front of the tests'): Reply =>
  (_, { service }) => {
    if (service === 'acm')
      return {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ __type: code, message }),
      }
    if (service === 'apigateway')
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
        body: JSON.stringify({ message }),
      }
    const text = message && `<Message>${message}</Message>`
    const error = `<Error><Type>Sender</Type><Code>${code}</Code>${text}</Error>`
    const body = `<ErrorResponse>${error}<RequestId>front</RequestId></ErrorResponse>`
    return { status, headers: { 'content-type': 'text/xml' }, body }
  }

/** A front end of AWS that has lost its back end: no error of the service's protocol. */
export const broken =
  (status: 500 | 502 | 503): Reply =>
  () => ({ status, headers: { 'content-type': 'text/html' }, body: '<html>Service Unavailable</html>' })

export const reset: Reply = () => 'reset'

export const silence: Reply = () => 'silence'

/** The call takes effect, but its answer does not arrive. */
export const lost: Reply = async (moto, call) => {
  await moto()
  return reset(moto, call)
}

/** moto's answer, changed. */
export const changed =
  // biome-ignore lint/suspicious/noExplicitAny: answers are free JSON to tests
    (change: (body: any) => void | Promise<void>): Reply =>
    async (moto) => {
      const answer = await moto()
      const body = JSON.parse(answer.body)
      await change(body)
      return { ...answer, body: JSON.stringify(body) }
    }
