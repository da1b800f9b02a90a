/** Templates in which every text is somebody's attempt to be more than a text. */
import type { Json } from '../../support/read-template.ts'

/** In each, `RUN` is what would run; it is no text that a page has by itself. */
export const payloads = [
  `"><img src=x onerror=RUN>`,
  `'><svg onload=RUN>`,
  `</script><script>RUN</script>`,
  `</style><script>RUN</script>`,
  `</title><script>RUN</script>`,
  `--><script>RUN</script><!--`,
  `]]><script>RUN</script>`,
  `" onfocus=RUN autofocus tabindex=1 x="`,
  `' onmouseover='RUN`,
  `<a href="javascript:RUN">x</a>`,
  `<iframe srcdoc="<script>RUN</script>"></iframe>`,
  `<base href="https://evil.example/"><link rel=stylesheet href=//evil.example/x.css>`,
  `<meta http-equiv=refresh content="0;url=javascript:RUN">`,
  `<style>@import "https://evil.example/x.css"</style>`,
  `&lt;script&gt;RUN&lt;/script&gt;`,
  `\u003cscript\u003eRUN\u003c/script\u003e`,
  `\u202e<script>RUN</script>\u2028\u0000\u001b]0;RUN\u0007`,
  `{{constructor.constructor('RUN')()}}`,
] as const

/** The template with the text behind every name, and in the place of every text, that CloudFormation leaves to its author. */
export function hostile(template: Json, text: string): Json {
  const names = ['Parameters', 'Conditions', 'Mappings', 'Resources', 'Outputs'].flatMap((section) =>
    Object.keys(template[section] ?? {}),
  )
  const renamed = new Map(names.map((name) => [name, `${name}${text}`]))
  const named = (word: string): string => renamed.get(word) ?? word
  const inText = (word: string): string =>
    renamed.get(word) ?? word.replace(/\$\{([A-Za-z0-9]+)(?=[.}])/g, (_, name: string) => `\${${named(name)}`)
  const walk = (value: Json, key: string, depth: number): Json => {
    if (typeof value === 'string') return freeTexts.has(key) && depth > 0 ? `${inText(value)}${text}` : inText(value)
    if (Array.isArray(value)) return value.map((each) => walk(each, key, depth + 1))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([each, inner]) => [named(each), walk(inner, each, depth + 1)]))
  }
  return { ...walk(template, '', 0), Description: text }
}

/** What no rule of CloudFormation or AWS reads, or reads as a name. */
const freeTexts = new Set([
  'Description',
  'Default',
  'GroupDescription',
  'GroupName',
  'Name',
  'Value',
  'Comment',
  'DomainName',
  'RouteKey',
  'Issuer',
  'Audience',
  'AuthorizationScopes',
  'AllowedPattern',
  'ConstraintDescription',
  'CidrBlock',
  'CidrIp',
  'PathPart',
])
