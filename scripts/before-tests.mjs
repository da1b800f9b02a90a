// What the tests need, made side by side: dist/, the Python tools, and the Node.js that the functions run on.
import { spawn } from 'node:child_process'

const ends = (...args) =>
  new Promise((done) => {
    spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] }).on('close', done)
  })

const codes = await Promise.all([
  ends('scripts/build.mjs'),
  ends('scripts/python-tools.mjs'),
  ends('scripts/node-binary.mjs', '24'),
])
process.exitCode = codes.find((code) => code !== 0) ?? 0
