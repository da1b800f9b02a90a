// A newcomer's first mistakes: every required key left out, empty, or of the wrong kind.
import { describe, expect, test } from '@jest/globals'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { parseConfig } from '../../../generator/read.ts'

const lines = `name: hello
domain:
  name: api.example.com
  zone: { id: Z0123456789ABCDEFGHIJ }
services:
  web:
    image: 111111111111.dkr.ecr.eu-west-1.amazonaws.com/hello:1
    port: 8080
api:
  auth:
    customers:
      jwt:
        issuer: https://idp.example.com/
        audience: [hello]
`
const errorsOf = (text: string) => {
  try {
    parseConfig(text, 'portcullis.yaml')
    return []
  } catch (error) {
    if (error instanceof PortcullisError) return [...error.diagnostics]
    throw error
  }
}

test('the config without mistakes has none', () => {
  expect(errorsOf(lines)).toEqual([])
})

/** Key, its line, and a wrong value with what the error must say. */
const fields: readonly [string, string, string, RegExp][] = [
  ['name', 'name: hello', 'Hello World', /name/],
  ['domain.name', '  name: api.example.com', 'https://api.example.com/', /https|scheme|host/],
  ['services.web.image', '    image: 111111111111.dkr.ecr.eu-west-1.amazonaws.com/hello:1', 'hello', /ECR/],
  ['issuer', '        issuer: https://idp.example.com/', 'idp.example.com', /https/],
  ['audience', '        audience: [hello]', 'hello', /list/],
]

describe.each(fields)('%s', (key, line, wrong, says) => {
  const number = lines.split('\n').indexOf(line) + 1
  const [name = ''] = line.trim().split(':')
  const indent = line.length - line.trimStart().length

  test('left out: the key is named, at the map that lacks it', () => {
    const found = errorsOf(lines.replace(`${line}\n`, ''))
    expect(found.map(({ code }) => code)).toContain('PC102')
    const missing = found.find(({ code }) => code === 'PC102')
    expect(missing?.message).toMatch(new RegExp(`\\b${name}\\b`))
    expect(missing?.line).toBeLessThanOrEqual(number)
    expect(missing?.remedy).toMatch(new RegExp(`\\b${name}\\b`))
  })

  test('empty: an error at the value', () => {
    const [error] = errorsOf(lines.replace(line, `${' '.repeat(indent)}${name}:`))
    expect(error).toMatchObject({ line: number })
    expect(error?.remedy.length).toBeGreaterThan(5)
  })

  test('wrong: an error at the value that says what is right', () => {
    const [error] = errorsOf(lines.replace(line, `${' '.repeat(indent)}${name}: ${wrong}`))
    expect(error).toMatchObject({ line: number, column: indent + name.length + 3 })
    expect(`${error?.message} ${error?.why ?? ''} ${error?.remedy}`).toMatch(says)
    expect(key.endsWith(name)).toBe(true)
  })
})

test('without a port the only service is a worker, which no API reaches', () => {
  const [error, ...others] = errorsOf(lines.replace('    port: 8080\n', ''))
  expect(others).toEqual([])
  expect(error).toMatchObject({ code: 'PC441', line: 5 })
  expect(error?.remedy).toMatch(/port: 8080/)
})

test('all mistakes are shown at once', () => {
  const text = lines
    .replace('hello\n', 'Hello\n')
    .replace('8080', '0')
    .replace('https://idp', 'http://idp')
    .replace('port:', 'prot:')
  const found = errorsOf(text)
  expect(found.length).toBeGreaterThanOrEqual(3)
  expect(found.find(({ code }) => code === 'PC101')?.remedy).toMatch(/port/)
})
