// A value of the wrong kind is told what it stands for, so that the remedy can be pasted.
import { expect, test } from '@jest/globals'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { parseConfig } from '../../../generator/read.ts'

const remedyOf = (key: string, value: string): string | undefined => {
  const text = `name: shop\ndomain: { name: api.example.com }\nservices: { orders: { image: a/b:1, port: 80, ${key}: ${value} } }\n`
  try {
    parseConfig(text, 'portcullis.yaml')
    return undefined
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    return error.diagnostics.find(({ code }) => code === 'PC103')?.remedy
  }
}

test.each([
  ['command', 'npm start', '[npm, start]'],
  ['command', 'node  server.js --port 8080', '[node, server.js, "--port", "8080"]'],
  ['command', '"npm run migrate && npm start"', '[sh, "-c", "npm run migrate && npm start"]'],
  ['entrypoint', './run', '["./run"]'],
  ['paths', '"/orders, /orders/*"', '[/orders, /orders/*]'],
  ['paths', '/*', '[/*]'],
  ['dropCapabilities', 'ALL', '[ALL]'],
  ['health: { command', 'curl -f http://localhost/ }', '[CMD-SHELL, curl -f http://localhost/]'],
])('%s: %s is a list: %s', (key, value, list) => {
  expect(remedyOf(key, value)).toBe(`write it as a list: ${list}`)
})

test.each([
  ['"yes"', 'write true'],
  ['1', 'write true'],
  ['on', 'write true'],
  ['"no"', 'write false'],
  ['0', 'write false'],
  ['sometimes', 'write false or true'],
])('readOnly: %s is told: %s', (value, remedy) => {
  expect(remedyOf('readOnly', value)).toBe(remedy)
})
