// The API: asks for a token, then goes through the link: {address, token, upstream, ca, routes}
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request as forward } from 'node:https'

const { address, token, upstream, ca, routes } = JSON.parse(process.argv[2])
const matches = ({ path }, url) =>
  new RegExp(
    `^${path
      .replace(/[.$]/g, '\\$&')
      .replace(/\{[^}]*\+\}$/, '.+')
      .replace(/\{[^}]*\}/g, '[^/]+')}$`,
  ).test(url)
/** The one that says most: greedy ones come last. */
const routeOf = (url) => routes.filter((route) => matches(route, url)).sort((a, b) => rank(b) - rank(a))[0]
const rank = ({ path }) => path.replace(/\{.*/, '').length + (path.includes('{') ? 0 : 1)
const mapped = (received, headers) => {
  const { authorization: _, host: __, ...sent } = received
  for (const [name, value] of Object.entries(headers))
    if (value === null) delete sent[name]
    else sent[name] = value
  return sent
}
createServer((request, response) => {
  if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end()
  const route = routeOf(request.url)
  if (!route) return response.writeHead(404).end('by the gateway')
  const onward = forward(
    {
      ...upstream,
      path: request.url,
      headers: mapped(request.headers, route.headers),
      servername: route.serverName,
      ca: readFileSync(ca),
      timeout: 800,
    },
    (answer) => {
      response.writeHead(answer.statusCode)
      answer.pipe(response)
    },
  )
  onward.on('timeout', () => onward.destroy(new Error('timeout')))
  onward.on('error', (error) => response.writeHead(503).end(error.message))
  onward.end()
}).listen(80, address, () => console.log('ready'))
