import { describe, expect, test } from '@jest/globals'
import { decide } from '../../../verifier/trace/token.ts'

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const token = (claims: object): string =>
  `Bearer ${encode({ alg: 'RS256' })}.${encode({ iss: 'https://i/', aud: 'shop', ...claims })}.AAAA`
const wanted = { issuer: 'https://i/', audience: ['shop', 'web'], scopes: ['read'] }
const says = (given: string, rest: object = {}) => decide(given, { ...wanted, ...rest }, 1000)

describe('refused is', () => {
  test.each([
    ['what is no token', 'Bearer x', 401, /no token/],
    ['nothing', '', 401, /no token/],
    ['a header that is no map', `${encode([])}.${encode({})}.A`, 401, /no token/],
    ['one without a signature', token({}).replace(/\.AAAA$/, '.'), 401, /no token/],
    ['one of another issuer', token({ iss: 'https://other/' }), 401, /issuer/],
    ['one for others', token({ aud: 'other' }), 401, /not for shop or web/],
    ['one that has expired', token({ exp: 1000 }), 401, /expired/],
    ['one that is not valid yet', token({ nbf: 1001 }), 401, /not valid yet/],
    ['one with another scope', token({ scope: 'write' }), 403, /scope read/],
  ])('%s', (_, given, status, because) => {
    expect(says(given)).toMatchObject({ is: 'refused', status, because: expect.stringMatching(because) })
  })
})

test('a token is taken, as far as can be seen', () => {
  expect(says(token({ scope: 'write read' }))).toEqual({
    is: 'accepted',
    needs: ['a signature of https://i/ on the token'],
  })
  expect(says(token({ aud: undefined, client_id: 'web', scope: 'read' }))).toMatchObject({ is: 'accepted' })
  expect(says(token({ aud: ['x', 'web'], scp: 'read' }))).toMatchObject({ is: 'accepted' })
  expect(says('Bearer ...')).toEqual({
    is: 'accepted',
    needs: ['a token of https://i/ for shop or web, with the scope read'],
  })
})

test('an issuer or audience that is not known refuses nothing', () => {
  expect(
    says(token({ iss: 'x', aud: 'y', scope: 'read' }), { issuer: undefined, audience: [undefined] }),
  ).toMatchObject({ is: 'accepted' })
})
