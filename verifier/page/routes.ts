/** The routes of each API with who may call them, and the authorizers. */
import type { ApiContents, AuthorizerContents, RouteContents } from '../contents/apis.ts'
import type { Contents } from '../contents/contents.ts'
import { type Html, html, lines, none } from './html.ts'
import { type Row, table } from './table.ts'
import { joined, name, placeOf } from './words.ts'

export const routesSection = ({
  apis,
  report,
}: Contents): Html => html`<section id="routes" aria-labelledby="routes-title">
<h2 id="routes-title">Routes</h2>
${apis.length === 0 ? html`<p>The templates hold no API.</p>` : lines(apis.map((api) => ofApi(api, report.declarations)))}
</section>`

type Declared = Contents['report']['declarations']

const ofApi = (api: ApiContents, declared: Declared): Html => html`<h3>${api.id}</h3>
<p>${api.kind === 'rest' ? 'REST API' : 'HTTP API'}${api.hosts.length === 0 ? ', at its own endpoint' : html`, at ${joined(api.hosts.map(name))}`}${placeOf(api.place)}</p>
${
  api.routes.length === 0
    ? html`<p>No route of it is in the templates.</p>`
    : table(
        'routes',
        `Routes of ${api.id}`,
        ['Route', 'Who may call it', 'Leads to', 'Where'],
        api.routes.map((route) => rowOf(route, api, declared)),
      )
}
${api.authorizers.length === 0 ? none : table('authorizers', `Authorizers of ${api.id}`, ['Authorizer', 'Kind', 'Lets in', 'Where'], api.authorizers.map(authorizerRow))}`

function rowOf(route: RouteContents, { id }: ApiContents, declared: Declared): Row {
  const isDeclared = declared.some(
    ({ kind, value }) => kind === 'open-route' && (value === route.key || value === `${id}:${route.key}`),
  )
  return {
    cells: [
      name(route.key),
      whoMay(route, isDeclared),
      route.leadsTo === undefined ? html`not known` : name(route.leadsTo),
      placeOf(route.place),
    ],
    ...(route.access === 'closed' ? {} : { as: 'open' }),
  }
}

function whoMay({ access, by, scopes }: RouteContents, isDeclared: boolean): Html {
  if (access === 'open') return html`<b>Anybody</b>${isDeclared ? ', as declared' : ''}: ${by}`
  if (access === 'unknown') return html`<b>Not known</b>: ${by}`
  return html`${name(by)}${scopes.length === 0 ? '' : html`, scope ${joined(scopes.map(name), ' or ')}`}`
}

const kinds: Readonly<Record<AuthorizerContents['kind'], string>> = {
  jwt: 'JWT',
  function: 'Lambda function',
  cognito: 'Cognito user pool',
  iam: 'IAM',
  other: 'Other',
}

const authorizerRow = ({ name: id, kind, issuer, audience, place }: AuthorizerContents): Row => ({
  cells: [
    name(id),
    html`${kinds[kind]}`,
    issuer === undefined
      ? html`whom it decides to`
      : html`tokens of ${name(issuer)}${audience === undefined ? '' : html` for ${joined(audience.map(name))}`}`,
    placeOf(place),
  ],
})
