/** The page of `report`: one file, which fetches nothing, runs only its own script, and reads the same without it. */
import { createHash } from 'node:crypto'
import type { Contents } from '../contents/contents.ts'
import { basisSection } from './basis.ts'
import { claimsSection } from './claims.ts'
import { html, markup } from './html.ts'
import { parametersSection } from './parameters.ts'
import { pictureSection } from './picture.ts'
import { resourcesSection } from './resources.ts'
import { routesSection } from './routes.ts'
import { script } from './script.ts'
import { style } from './style.ts'
import { filesRead, headline, summary } from './summary.ts'

/** `drawing`: the picture as `linkedSvg` gives it. `version`: of Portcullis. */
export const page = (contents: Contents, drawing: string, version: string): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${headline(contents.report)} &middot; ${contents.report.templates.join(', ')}</title>
<style>${markup(style)}</style>
</head>
<body>
<a class="skip" href="#picture">Skip to the picture</a>
${summary(contents)}
<nav aria-label="On this page"><ul>${parts.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main>
${pictureSection(contents, drawing)}
${claimsSection(contents)}
${routesSection(contents)}
${parametersSection(contents)}
${basisSection(contents)}
${resourcesSection(contents)}
<section id="files" aria-labelledby="files-title">
<h2 id="files-title">What was read</h2>
${filesRead(contents)}
</section>
</main>
<footer>
<p>Made by portcullis ${version} from the templates alone. It sends nothing and fetches nothing. <a href="#picture">Back to the picture</a></p>
</footer>
<script>${markup(script)}</script>
</body>
</html>
`.markup

const parts: readonly (readonly [string, string])[] = [
  ['picture', 'Who can reach whom'],
  ['claims', 'Claims'],
  ['routes', 'Routes'],
  ['parameters', 'Parameters'],
  ['basis', 'Declarations and assumptions'],
  ['resources', 'Resources'],
  ['files', 'What was read'],
]

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Only these two texts count, whatever else got into the page. */
const policy = [
  "default-src 'none'",
  `style-src ${hashed(style)}`,
  `script-src ${hashed(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
