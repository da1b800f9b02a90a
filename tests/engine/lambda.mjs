// What the Lambda runtime does with a function, once: loads its index.js, hands over one event, waits for the promise.
// It also tells which modules the function asked for, and lets no name be looked up: all that it may reach has an
// address on loopback.
import dns from 'node:dns'
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

process.on('disconnect', () => process.exit(1))

process.once('message', async ({ file, event, context, msLeft }) => {
  const loaded = []
  const names = []
  const own = pathToFileURL(file).href
  registerHooks({
    resolve(name, origin, next) {
      if (origin.parentURL === own) loaded.push(name)
      return next(name, origin)
    },
  })
  dns.lookup = (name, ...rest) => {
    names.push(name)
    rest.at(-1)(Object.assign(new Error(`no name may be looked up: ${name}`), { code: 'ENOTFOUND' }))
  }
  const end = Date.now() + msLeft
  const { handler } = createRequire(import.meta.url)(file)
  const loadedFirst = [...loaded]
  let error = null
  try {
    if (event) await handler(event, { ...context, getRemainingTimeInMillis: () => end - Date.now() })
  } catch (thrown) {
    error = String(thrown)
  }
  process.send({ version: process.version, loadedFirst, loaded, names, error }, () => process.exit(0))
})
