// Makes a folder with Python tools that are pinned by version and hash (tests/python/), when it is missing or outdated.
// Where nothing can be downloaded, tools that are installed already are used if they are new enough.
// `portcullis-tools.json` in the folder says what is there; without it the folder counts as half made.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '..')
const oldestPython = [3, 11]
// pip installs the pins in about a minute, uv in about ten seconds: pip brings uv, uv brings the rest.
const installer = join(root, 'tests', 'python', 'uv.txt')

/** The Python of an environment. */
export const pythonIn = (folder) =>
  process.platform === 'win32' ? join(root, folder, 'Scripts', 'python.exe') : join(root, folder, 'bin', 'python')

/**
 * The environment, made if necessary; throws ToolsMissing when it cannot be.
 * `pins` is the file with versions and hashes; `oldest` says what an installed tool must at least be, to stand in for
 * the pinned one; without those in `required`, there is nothing to begin with.
 */
export async function pythonEnvironment({ folder, pins, oldest, required }) {
  const environment = { venv: join(root, folder), python: pythonIn(folder), pins: join(root, pins), oldest, required }
  const hash = createHash('sha256').update(readFileSync(installer)).update(readFileSync(environment.pins)).digest('hex')
  const stampFile = join(environment.venv, 'portcullis-tools.json')
  const lock = join(root, '.cache', `python-tools${folder}.lock`)
  const stamp =
    readStamp(stampFile, hash) ??
    (await withLock(lock, () => readStamp(stampFile, hash) ?? make(environment, folder, stampFile, hash)))
  report(folder, stamp)
  return stamp
}

/** Neither the pinned tools nor suitable ones are here. */
export class ToolsMissing extends Error {
  constructor(text, remedy) {
    super(`python tools: ${text}\n  ${remedy}`)
    this.name = 'ToolsMissing'
  }
}

const say = (text) => process.stdout.write(`python tools: ${text}\n`)

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, UV_LINK_MODE: 'copy' },
  })
  return { ok: status === 0, stdout: stdout ?? '', why: (error?.message ?? stderr ?? '').trim() }
}

function readStamp(file, hash) {
  try {
    const stamp = JSON.parse(readFileSync(file, 'utf8'))
    return stamp.hash === hash ? stamp : undefined
  } catch {
    return undefined
  }
}

const versions = (tools) =>
  Object.entries(tools)
    .map(([name, version]) => `${name} ${version ?? 'MISSING'}`)
    .join(', ')

function report(folder, stamp) {
  if (stamp.from === 'pins') return say(versions(stamp.tools))
  say(
    `installed ones, because the pinned ones could not be downloaded: ${versions(stamp.tools)}. Delete ${folder} to try again.`,
  )
}

function findPython() {
  const seen = []
  for (const candidate of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    const found = run(candidate, ['-c', 'import sys; print(*sys.version_info[:2])'])
    if (!found.ok) continue
    const [major, minor] = found.stdout.trim().split(' ').map(Number)
    if (major === oldestPython[0] && minor >= oldestPython[1]) return candidate
    seen.push(`${candidate} is ${major}.${minor}`)
  }
  throw new ToolsMissing(
    `no Python ${oldestPython.join('.')} or newer${seen.length > 0 ? ` (${seen.join(', ')})` : ''}`,
    'install it, for example: apt-get install python3 python3-venv',
  )
}

/** The versions that the environment's Python sees; null for one that is not there. */
function toolsSeen({ python, oldest }) {
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

function makeFromPins(base, { venv, python, pins }) {
  const made = run(base, ['-m', 'venv', venv])
  if (!made.ok)
    throw new ToolsMissing(`${base} -m venv failed: ${made.why}`, 'on Debian and Ubuntu: apt-get install python3-venv')
  // Exactly the files that were pinned: no version is resolved, and no file is taken whose hash is not in the list.
  const exactly = ['--quiet', '--no-deps', '--require-hashes', '-r']
  const uv = run(python, ['-m', 'pip', 'install', ...exactly, installer])
  return uv.ok
    ? run(python, ['-m', 'uv', 'pip', 'install', '--python', python, ...exactly, pins])
    : run(python, ['-m', 'pip', 'install', ...exactly, pins])
}

function makeFromInstalled(base, environment, why) {
  const { venv, oldest, required } = environment
  rmSync(venv, { recursive: true, force: true })
  run(base, ['-m', 'venv', '--system-site-packages', '--without-pip', venv])
  const tools = Object.fromEntries(
    Object.entries(toolsSeen(environment)).map(([name, version]) => [
      name,
      version && isAtLeast(version, oldest[name]) ? version : null,
    ]),
  )
  if (required.some((name) => tools[name] === null)) {
    rmSync(venv, { recursive: true, force: true })
    throw new ToolsMissing(
      `the pinned tools could not be installed (${why.split('\n').at(-1)}), and no suitable ones are here`,
      `give pip a way to its package index, or install at least: ${versions(oldest)}`,
    )
  }
  return tools
}

function make(environment, folder, stampFile, hash) {
  const started = performance.now()
  const base = findPython()
  rmSync(environment.venv, { recursive: true, force: true })
  const installed = makeFromPins(base, environment)
  const stamp = installed.ok
    ? { hash, from: 'pins', tools: toolsSeen(environment) }
    : { hash, from: 'installed', tools: makeFromInstalled(base, environment, installed.why) }
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`)
  say(`made ${folder} in ${((performance.now() - started) / 1000).toFixed(0)} s`)
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
async function withLock(lock, work) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = ownerOf(lock)
      if (owner !== undefined && !isAlive(owner)) rmSync(lock, { force: true })
      else await sleep(200)
    }
  }
  const release = () => rmSync(lock, { force: true })
  process.on('exit', release)
  try {
    return work()
  } finally {
    release()
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined
  } catch {
    return undefined
  }
}
