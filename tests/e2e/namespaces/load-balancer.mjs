// A TLS server with a real certificate that forwards: ADDRESS PORT TARGET TARGET_PORT CERTIFICATE KEY
import { readFileSync } from 'node:fs'
import { request as forward } from 'node:http'
import { createServer } from 'node:https'

const [address, port, host, targetPort, certificate, key] = process.argv.slice(2)
createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const onward = forward(
    { host, port: targetPort, path: request.url, timeout: 2000, localAddress: address },
    (answer) => {
      response.writeHead(answer.statusCode)
      answer.pipe(response)
    },
  )
  onward.on('timeout', () => onward.destroy(new Error('timeout')))
  onward.on('error', () => response.writeHead(502).end())
  onward.end()
}).listen(Number(port), address, () => console.log('ready'))
