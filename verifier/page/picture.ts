/** The picture, and what is told about each hop of it. */
import type { Contents } from '../contents/contents.ts'
import type { Box, Edge, Picture, Reason } from '../diagram/picture.ts'
import { boxAnchor, lineAnchor, titleOf } from '../diagram/svg.ts'
import { type Html, html, lines, markup, none } from './html.ts'
import { joined, name, placeOf } from './words.ts'

const groups: readonly (readonly [Edge['kind'], string])[] = [
  ['forbidden', 'Open, and should not be'],
  ['way-in', 'The way in'],
  ['allowed', 'Also allowed'],
  ['blocked', 'Not let through'],
]

/** `drawing`: the picture as SVG whose hops lead to the anchors here. */
export const pictureSection = (
  { picture }: Contents,
  drawing: string,
): Html => html`<section id="picture" aria-labelledby="picture-title">
<h2 id="picture-title">Who can reach whom</h2>
<p class="hint">Rest on a box or a line, or tap it: it says where it stands in the templates, and why it is so. Shown is the deployment with the values that are given and the defaults of all other parameters; the verdict is for all values.</p>
<div class="beside">
<figure>
${markup(drawing)}
<div id="told" class="told" hidden></div>
</figure>
<div class="hops">
${lines(groups.map(([kind, title]) => linesOf(picture, kind, title)))}
<h3>What is drawn</h3>
<ul class="things">${picture.boxes.map((box, index) => thing(box, boxAnchor(index)))}</ul>
</div>
</div>
</section>`

function linesOf(picture: Picture, kind: Edge['kind'], title: string): Html {
  const found = picture.edges.flatMap((edge, index) =>
    edge.kind === kind ? [{ edge, anchor: lineAnchor(index) }] : [],
  )
  return found.length === 0
    ? none
    : html`<h3 class="${kind}">${title}</h3>
<ol>${found.map(({ edge, anchor }) => hop(picture, edge, anchor))}</ol>`
}

const hop = (picture: Picture, { from, to, label, because = [] }: Edge, anchor: string): Html =>
  html`<li id="${anchor}"><p><strong>${titleOf(picture, from)} &rarr; ${titleOf(picture, to)}</strong>${label === '' ? '' : html` <span class="label">${label}</span>`}</p>${reasons(because)}</li>`

/** Of many alike, a few are enough. */
const most = 6

function reasons(because: readonly Reason[]): Html {
  const shown = because.length > most ? because.slice(0, most - 1) : because
  const left = because.length - shown.length
  return because.length === 0
    ? none
    : html`<ul>${shown.map((each) => html`<li>${each.says}${placeOf(each)}</li>`)}${left > 0 ? html`<li>and ${left} more</li>` : ''}</ul>`
}

const thing = ({ title, lines: said, groups: carried = [], place }: Box, anchor: string): Html =>
  html`<li id="${anchor}"><p><strong>${title}</strong>${placeOf(place ?? {})}</p><p>${joined(
    said.map((each) => html`${each}`),
    html` &middot; `,
  )}${carried.map((each) => html`<br>security group ${name(each)}`)}</p></li>`
