// The application behind the gateway in the local deployment: `node app.mjs NAME PORT`. It answers with what it got.
import { createServer } from 'node:http'

const [name, port] = process.argv.slice(2)
createServer((request, response) => {
  const { method, url, headers } = request
  let body = ''
  request.setEncoding('utf8').on('data', (text) => {
    body += text
  })
  request.on('end', () => {
    response.writeHead(url === '/teapot' ? 418 : 200, { 'content-type': 'application/json', 'x-app': name })
    response.end(JSON.stringify({ name, method, url, headers, body }))
  })
}).listen(Number(port), '127.0.0.1')
