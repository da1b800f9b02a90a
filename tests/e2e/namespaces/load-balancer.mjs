// A TLS server with a real certificate that forwards by its rules, the first that matches:
// {address, port, certificate, key, rules, targets, otherwise}
import { readFileSync } from 'node:fs'
import { request as forward } from 'node:http'
import { createServer } from 'node:https'

const { address, port, certificate, key, rules, targets, otherwise } = JSON.parse(process.argv[2])
/** `*` is any number of characters, `?` one. */
const matches = (pattern, text, flags) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    flags,
  ).test(text)
const takes = ({ paths, headers }, request) =>
  (paths.length === 0 || paths.some((path) => matches(path, request.url.split('?')[0], ''))) &&
  Object.entries(headers).every(([name, values]) =>
    values.some((value) => matches(value, request.headers[name] ?? '', 'i')),
  )
createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  const rule = rules.find((each) => takes(each, request))
  if (!rule) return response.writeHead(otherwise).end('by the load balancer')
  const onward = forward({ ...targets[rule.to], path: request.url, timeout: 2000, localAddress: address }, (answer) => {
    response.writeHead(answer.statusCode)
    answer.pipe(response)
  })
  onward.on('timeout', () => onward.destroy(new Error('timeout')))
  onward.on('error', () => response.writeHead(502).end())
  onward.end()
}).listen(port, address, () => console.log('ready'))
