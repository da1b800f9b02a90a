// One request, its answer as JSON: URL HEADERS
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'

const [url, headers] = process.argv.slice(2)
const say = (answer) => {
  console.log(JSON.stringify(answer))
  process.exit(0)
}
const open = url.startsWith('https:') ? secure : plain
const request = open(url, { rejectUnauthorized: false, headers: JSON.parse(headers), timeout: 1200 }, (response) => {
  let body = ''
  response.on('data', (data) => {
    body += data
  })
  response.on('end', () => say({ status: response.statusCode, body }))
})
request.on('timeout', () => say({ failure: 'no answer' }))
request.on('error', (error) => say({ failure: error.code ?? error.message }))
request.end()
