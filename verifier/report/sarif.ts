/** SARIF 2.1.0 for code scanning, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { type ClaimId, claimIds } from '../claims/judgement.ts'
import type { ClaimReport, Report } from './report.ts'

const demands: Readonly<Record<ClaimId, string>> = {
  'way-in-exists': 'The API reaches the service through the VPC link',
  'no-internet-path': 'No path from the internet to a load balancer or task, except through the API',
  'no-public-address': 'Load balancers are internal, tasks have no public address',
  'sole-entrance': 'Only the VPC link reaches a listener, only its load balancer reaches a task',
  'authorized-routes': 'Every route of every API on the link has an authorizer',
  'verified-tls': 'TLS from the client to the load balancer, with a name that its certificate covers',
  'no-bypass': 'No execute-api endpoint, second domain or mapping goes around the custom domain',
  'no-side-door': 'No control-plane door or other network opens another way in',
  'bounded-egress': 'Tasks reach only hosts of the VPC and AWS services through endpoints',
}

export function sarif(report: Report, version: string): string {
  const open = report.claims.filter(({ verdict }) => verdict !== 'proved')
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Portcullis',
              version,
              rules: claimIds.map((id) => ({
                id,
                shortDescription: { text: demands[id] },
                defaultConfiguration: { level: 'error' },
              })),
            },
          },
          results: open.map((claim) => result(claim, report.templates[0] ?? '')),
        },
      ],
    },
    null,
    2,
  )}\n`
}

function result(claim: ClaimReport, fallback: string): object {
  const hops = (claim.path ?? []).filter(({ file }) => file !== undefined)
  const [first] = hops
  const advice = claim.remedy ?? claim.unknown?.settle
  return {
    ruleId: claim.id,
    ruleIndex: claimIds.indexOf(claim.id),
    level: claim.verdict === 'refuted' ? 'error' : 'warning',
    message: { text: `${claim.target}: ${claim.because}${advice ? `. ${advice}` : ''}` },
    locations: [location(first?.file ?? fallback, first?.line ?? 1)],
    ...(hops.length > 1
      ? {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: hops.map(({ file, line, node, via }) => ({
                    location: {
                      ...location(file ?? fallback, line ?? 1),
                      message: { text: via ? `${node} (${via})` : node },
                    },
                  })),
                },
              ],
            },
          ],
        }
      : {}),
    partialFingerprints: { 'portcullis/v1': `${claim.id}/${claim.target}` },
  }
}

const location = (uri: string, startLine: number): object => ({
  physicalLocation: { artifactLocation: { uri: encodeURI(uri.replaceAll('\\', '/')) }, region: { startLine } },
})
