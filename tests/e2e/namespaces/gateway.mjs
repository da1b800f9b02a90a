// The API: asks for a token, then goes through the link. PUBLIC LINK TARGET PORT NAME CA TOKEN
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request as forward } from 'node:https'

const [publicAddress, localAddress, host, port, servername, ca, token] = process.argv.slice(2)
createServer((request, response) => {
  if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end()
  const onward = forward(
    { host, port, path: request.url, servername, ca: readFileSync(ca), localAddress, timeout: 800 },
    (answer) => {
      response.writeHead(answer.statusCode)
      answer.pipe(response)
    },
  )
  onward.on('timeout', () => onward.destroy(new Error('timeout')))
  onward.on('error', (error) => response.writeHead(503).end(error.message))
  onward.end()
}).listen(80, publicAddress, () => console.log('ready'))
