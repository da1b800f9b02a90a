/** SARIF 2.1.0 for code scanning, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { claims } from '../claims.ts'
import type { ClaimReport, Report } from './report.ts'
import { visibleJson } from './visible.ts'

export function sarif(report: Report, version: string): string {
  const open = report.claims.filter(({ verdict }) => verdict !== 'proved')
  return `${visibleJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Portcullis',
            version,
            rules: claims.map(({ id, title }) => ({
              id,
              shortDescription: { text: title },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        results: open.map((claim) => result(claim, report.templates[0] ?? '')),
      },
    ],
  })}\n`
}

function result(claim: ClaimReport, fallback: string): object {
  const hops = (claim.path ?? []).filter(({ file }) => file !== undefined)
  const [first] = hops
  const advice = claim.remedy ?? claim.unknown?.settle
  return {
    ruleId: claim.id,
    ruleIndex: claims.findIndex(({ id }) => id === claim.id),
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
