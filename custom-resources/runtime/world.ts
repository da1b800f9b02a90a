import { request } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'

//! ---- The outside world: the only place that touches clock, chance, log and network ----

export interface World {
  now(): number
  random(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
  print(line: string): void
  /** Uploads the answer once; the HTTP status, or a rejection when there is none. */
  put(url: string, body: Buffer, timeoutMs: number): Promise<number>
}

export const world: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  print: (line) => console.log(line),
  put: (url, body, timeoutMs) =>
    new Promise((resolve, reject) => {
      //! The URL is signed for an empty content type; the length counts bytes, not characters.
      const headers = { 'content-type': '', 'content-length': body.byteLength }
      request(url, { method: 'PUT', headers, agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end(body)
    }),
}
