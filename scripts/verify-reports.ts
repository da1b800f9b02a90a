/** The reports that docs/verify.md shows, as the verifier prints them today. */
import { codeOf } from '../generator/commands/assets.ts'
import type { Assets } from '../generator/packagings/assets.ts'
import { claims } from '../verifier/claims.ts'
import { claimTexts, report, verify } from '../verifier/index.ts'

type Shown = { readonly path: string; readonly text: string }

/** The main example, one that is opened, and one in which the certificate is not known. */
export const shownTemplates = (standalone: string): readonly Shown[] => {
  const changed = (from: string, to: string): string => {
    if (!standalone.includes(from)) throw new Error(`templates/standalone.yaml does not hold ${JSON.stringify(from)}`)
    return standalone.replace(from, to)
  }
  return [
    { path: 'templates/standalone.yaml', text: standalone },
    {
      path: 'refuted.yaml',
      text: changed(
        '      SourceSecurityGroupId: !GetAtt VpcLinkSecurityGroup.GroupId\n',
        '      CidrIp: 10.20.0.0/16\n',
      ),
    },
    {
      path: 'undecided.yaml',
      text: changed('- CertificateArn: !Ref Certificate\n', '- CertificateArn: !Ref LoadBalancerCertificate\n').replace(
        'Parameters:\n  VpcCidr:',
        'Parameters:\n  LoadBalancerCertificate:\n    Type: String\n  VpcCidr:',
      ),
    },
  ]
}

export const reportOf = (shown: Shown, assets: Assets): string =>
  report(verify({ templates: [shown], readFile: () => undefined, ownFunctions: codeOf(assets) }))

const block = /```text\n([\s\S]*?)```/g

/** The texts in the guide that are reports. */
export const shownIn = (guide: string): readonly string[] => [...guide.matchAll(block)].map(([, text = '']) => text)

/** The guide with the line numbers of today. What else differs stays, and a test says so. */
export function withLines(guide: string, reports: readonly string[]): string {
  let index = 0
  return guide.replace(block, (whole, text: string) => {
    const pattern = text
      .split(/(\d+|\s+)/)
      .map(asPattern)
      .join('')
    const found = new RegExp(pattern).exec(reports[index++] ?? '')?.[0]
    return found === undefined ? whole : `\`\`\`text\n${found.trimEnd()}\n\`\`\``
  })
}

/** Any number for a line's, and any space for a space, since lines break elsewhere around longer numbers. */
function asPattern(part: string, index: number, all: readonly string[]): string {
  if (/^\s+$/.test(part)) return '\\s+'
  const before = all.slice(0, index).join('')
  if (/^\d+$/.test(part) && /\.yaml:$/.test(before)) return '\\d+'
  return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

const list = /(?<=\n## The claims\n\n)(?:- .*\n)+/

/** The guide with the claims as their files say them. */
export const withClaims = (guide: string): string => {
  if (!list.test(guide)) throw new Error('docs/verify.md has lost its list of claims')
  const ofTemplates = claimTexts.slice(0, claims.length)
  return guide.replace(
    list,
    ofTemplates.map(({ id, about, text }) => `- **\`${id}\`**, for ${about}: ${text}\n`).join(''),
  )
}
