// The application: ADDRESS PORT NAME
import { createServer } from 'node:http'

const [address, port, name] = process.argv.slice(2)
createServer((request, response) => response.end(`${name} ${request.url}`)).listen(Number(port), address, () =>
  console.log('ready'),
)
