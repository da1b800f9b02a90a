// Makes .venv with the Python tools of the tests (tests/requirements.txt) when it is missing or outdated.
// Where nothing can be downloaded, tools that are installed already are used if they are new enough.
// `.venv/portcullis-tools.json` says what is there; without it the folder counts as half made.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '..')
const venv = join(root, '.venv')
const python = process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')
const stampFile = join(venv, 'portcullis-tools.json')
const lock = join(root, '.cache', 'python-tools.lock')
const requirements = join(root, 'tests', 'requirements.txt')
const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex')

// pip installs the pins in about a minute, uv in about ten seconds: pip brings uv, uv brings the rest.
const installer = 'uv==0.13.9'
const oldestPython = [3, 10]
// What an installed tool must at least be, to stand in for the pinned one.
const oldest = {
  'cfn-lint': '1.51.0',
  'aws-sam-translator': '1.110.0',
  'aws-sam-cli': '1.150.0',
  moto: '5.2.0',
  ministack: '1.5.0',
}

const say = (text) => process.stdout.write(`python tools: ${text}\n`)

function fail(text, remedy) {
  process.stderr.write(`python tools: ${text}\n  ${remedy}\n`)
  process.exit(1)
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, UV_LINK_MODE: 'copy' },
  })
  return { ok: status === 0, stdout: stdout ?? '', why: (error?.message ?? stderr ?? '').trim() }
}

function readStamp() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'))
    return stamp.hash === hash ? stamp : undefined
  } catch {
    return undefined
  }
}

const versions = (tools) =>
  Object.entries(tools)
    .map(([name, version]) => `${name} ${version ?? 'MISSING'}`)
    .join(', ')

function report(stamp) {
  if (stamp.from === 'pins') return say(versions(stamp.tools))
  say(
    `installed ones, because the pinned ones could not be downloaded: ${versions(stamp.tools)}. Delete .venv to try again.`,
  )
}

function findPython() {
  const seen = []
  for (const candidate of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
    const found = run(candidate, ['-c', 'import sys; print(*sys.version_info[:2])'])
    if (!found.ok) continue
    const [major, minor] = found.stdout.trim().split(' ').map(Number)
    if (major === oldestPython[0] && minor >= oldestPython[1]) return candidate
    seen.push(`${candidate} is ${major}.${minor}`)
  }
  return fail(
    `no Python ${oldestPython.join('.')} or newer${seen.length > 0 ? ` (${seen.join(', ')})` : ''}`,
    'install it, for example: apt-get install python3 python3-venv',
  )
}

/** The versions that the environment's Python sees; null for one that is not there. */
function toolsSeen() {
  const script = `
import json, sys
from importlib.metadata import PackageNotFoundError, version
def seen(name):
    try: return version(name)
    except PackageNotFoundError: return None
print(json.dumps({name: seen(name) for name in sys.argv[1:]}))`
  return JSON.parse(run(python, ['-c', script, ...Object.keys(oldest)]).stdout)
}

function isAtLeast(version, least) {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number))
  const differs = a.findIndex((part, at) => part !== b[at])
  return differs === -1 || a[differs] > b[differs]
}

function makeFromPins(base) {
  const made = run(base, ['-m', 'venv', venv])
  if (!made.ok) fail(`${base} -m venv failed: ${made.why}`, 'on Debian and Ubuntu: apt-get install python3-venv')
  const uv = run(python, ['-m', 'pip', 'install', '--quiet', installer])
  return uv.ok
    ? run(python, ['-m', 'uv', 'pip', 'install', '--quiet', '--no-deps', '--python', python, '-r', requirements])
    : run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '-r', requirements])
}

function makeFromInstalled(base, why) {
  rmSync(venv, { recursive: true, force: true })
  run(base, ['-m', 'venv', '--system-site-packages', '--without-pip', venv])
  const tools = Object.fromEntries(
    Object.entries(toolsSeen()).map(([name, version]) => [
      name,
      version && isAtLeast(version, oldest[name]) ? version : null,
    ]),
  )
  if (tools['cfn-lint'] === null || tools['aws-sam-translator'] === null) {
    rmSync(venv, { recursive: true, force: true })
    fail(
      `the pinned tools could not be installed (${why.split('\n').at(-1)}), and no suitable ones are here`,
      `give pip a way to its package index, or install at least: ${versions(oldest)}`,
    )
  }
  return tools
}

function make() {
  const started = performance.now()
  const base = findPython()
  rmSync(venv, { recursive: true, force: true })
  const installed = makeFromPins(base)
  const stamp = installed.ok
    ? { hash, from: 'pins', tools: toolsSeen() }
    : { hash, from: 'installed', tools: makeFromInstalled(base, installed.why) }
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`)
  say(`made .venv in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  return stamp
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One process makes the environment; the others wait for it. A lock whose owner is gone is taken over. */
async function withLock(work) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = ownerOfLock()
      if (owner !== undefined && !isAlive(owner)) rmSync(lock, { force: true })
      else await sleep(200)
    }
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  return work()
}

function ownerOfLock() {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

report(readStamp() ?? (await withLock(() => readStamp() ?? make())))
