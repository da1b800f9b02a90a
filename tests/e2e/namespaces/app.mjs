// The application: ADDRESS PORT
import { createServer } from 'node:http'

const [address, port] = process.argv.slice(2)
createServer((request, response) => response.end(`task ${request.url}`)).listen(Number(port), address, () =>
  console.log('ready'),
)
