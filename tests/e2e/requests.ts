/**
 * The requests that the local deployment really makes, with what it answers. `trace` must say the same of the same
 * templates: tests/verifier/trace/agreement.test.ts.
 */

/** How a caller shows who it is. */
export type Credential = 'none' | 'no token' | 'tampered' | 'for others' | 'expired' | 'good' | 'with the scope'

export type Asked = {
  readonly line: string
  readonly credential: Credential
  readonly status: number
  /** The service that answers; left out, it is API Gateway. */
  readonly service?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const refused: readonly Credential[] = ['none', 'no token', 'tampered', 'for others', 'expired']
export const withoutToken: readonly Asked[] = refused.flatMap((credential) =>
  ['GET /orders', 'GET /catalog/7'].map((line) => ({ line, credential, status: 401 })),
)

export const passed: readonly Asked[] = [
  { line: 'GET /orders', credential: 'good', status: 200, service: 'orders' },
  { line: 'GET /catalog/7?x=1&y=a', credential: 'good', status: 200, service: 'catalog' },
  { line: 'POST /orders/9/lines', credential: 'good', status: 200, service: 'orders', body: '{"item":1}' },
  { line: 'GET /orders/$default', credential: 'good', status: 200, service: 'orders' },
]

export const withoutRoute: readonly Asked[] = [
  'GET /',
  'GET /nothing',
  'GET /ordersandmore',
  'GET /$default/orders',
].map((line) => ({ line, credential: 'good', status: 404 }))

export const origin = 'https://shop.example.com'
export const preflight: Asked = {
  line: 'OPTIONS /orders',
  credential: 'none',
  status: 204,
  headers: { origin, 'access-control-request-method': 'PUT' },
}

/** At an endpoint of AWS, past the domain. */
export const pastTheDomain: readonly Asked[] = ['GET /$default/orders', 'GET /orders'].map((line) => ({
  line,
  credential: 'good',
  status: 404,
}))

/** After the update with one service more, `withStatus` in application.ts. */
export const status: readonly Asked[] = [
  { line: 'GET /status', credential: 'none', status: 200, service: 'status' },
  { line: 'POST /status', credential: 'none', status: 401 },
  { line: 'POST /status', credential: 'good', status: 403 },
  { line: 'POST /status', credential: 'with the scope', status: 200, service: 'status' },
  { line: 'GET /orders', credential: 'none', status: 401 },
  { line: 'GET /orders', credential: 'good', status: 200, service: 'orders' },
]

/** Of the minimal example. */
export const minimal: readonly Asked[] = [
  { line: 'GET /any/path', credential: 'none', status: 401 },
  { line: 'PATCH /', credential: 'good', status: 200, service: 'web' },
  { line: 'PATCH /any/path?x=1', credential: 'good', status: 200, service: 'web' },
]
