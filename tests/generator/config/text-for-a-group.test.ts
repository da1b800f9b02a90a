// A text where a group belongs: the group that was meant, where one key only can be.
import { expect, test } from '@jest/globals'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { parseConfig } from '../../../generator/read.ts'

const remedies = (routes: string): readonly (string | undefined)[] => {
  try {
    parseConfig(
      `name: shop\ndomain: { name: api.example.com }\nservices:\n  web: { image: nginx, port: 80 }\napi:\n  auth: { users: { jwt: { issuer: https://idp.example.com/, audience: [a] } } }\n  routes: ${routes}\n`,
      'portcullis.yaml',
    )
    return []
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    return error.diagnostics.map(({ remedy }) => remedy)
  }
}

test('a route', () => {
  expect(remedies('["GET /health"]')).toContain('write { route: GET /health }')
  expect(remedies('[health]')).not.toContain('write { route: health }')
})
