import { resolve4, resolve6 } from 'node:dns/promises'
import { request } from 'node:https'

export interface Question {
  readonly connectTo: string
  readonly domain: string
  readonly method: string
  readonly path: string
  readonly signal: AbortSignal
}
export interface Reply {
  readonly status: number
  /** Whether API Gateway signed the answer with its request id. */
  readonly fromGateway: boolean
}
export interface Network {
  resolve4(name: string): Promise<string[]>
  resolve6(name: string): Promise<string[]>
  ask(question: Question): Promise<Reply>
}

//! ---- What the probe does on the network ----

export const network: Network = {
  resolve4,
  resolve6,
  ask: ({ connectTo, domain, method, path, signal }) =>
    new Promise((resolve, reject) => {
      //! Connects to one name and speaks (SNI, certificate, Host) for another, so no DNS of the customer is involved.
      const options = {
        host: connectTo,
        servername: domain,
        headers: { host: domain },
        method,
        path,
        agent: false,
        signal,
      }
      request(options, (response) => {
        resolve({ status: response.statusCode ?? 0, fromGateway: 'apigw-requestid' in response.headers })
        //! The headers are the answer; a body is never read.
        response.destroy()
      })
        .on('error', reject)
        .end()
    }),
}
