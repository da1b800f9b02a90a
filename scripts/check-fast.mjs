// `npm run check:fast`: after the build, lint and types beside the quick tests, so that no core is idle. What lint and
// types found last time is kept in .cache/, for the files that are still the same.
import { spawn } from 'node:child_process'

/** Whether a script of package.json succeeds; shown at once, or else as soon as it ends. */
const succeeds = (name, stdio = 'inherit') =>
  new Promise((done) => {
    const child = spawn('npm', ['run', '--silent', name], { stdio })
    const said = []
    child.stdout?.on('data', (data) => said.push(data))
    child.stderr?.on('data', (data) => said.push(data))
    child.on('close', (status) => {
      process.stderr.write(`${Buffer.concat(said)}${status === 0 ? '' : `npm run ${name} failed\n`}`)
      done(status === 0)
    })
  })

const beside = ['lint', 'types'].map((name) => succeeds(name, ['ignore', 'pipe', 'pipe']))
const ran = (await succeeds('build')) && (await succeeds('test:unit'))
process.exitCode = ran && (await Promise.all(beside)).every(Boolean) ? 0 : 1
