/** The resources, stack by stack. */
import type { Contents } from '../contents/contents.ts'
import type { Layer, LayerResource } from '../contents/layers.ts'
import { type Html, html, lines, markup } from './html.ts'
import { table } from './table.ts'
import { count, name, placeOf } from './words.ts'

export const resourcesSection = ({
  layers,
}: Contents): Html => html`<section id="resources" aria-labelledby="resources-title">
<h2 id="resources-title">Resources</h2>
<p>${count(
  layers.reduce((sum, { resources }) => sum + resources.length, 0),
  'resource',
)} in ${count(layers.length, 'stack')}.</p>
${lines(layers.map((layer) => stack(layer, layers.length === 1)))}
</section>`

/** A stack by itself is open from the start. */
const stack = (
  { key, file, description, resources }: Layer,
  isAlone: boolean,
): Html => html`<details${isAlone ? markup(' open') : ''}>
<summary>${name(key)} <span class="count">${count(resources.length, 'resource')}</span></summary>
${description === undefined ? '' : html`<p class="about">${description}</p>`}
${table(
  'resources',
  `Resources of ${key}${file === key ? '' : `, in ${file}`}`,
  ['Resource', 'Type', 'Where'],
  resources.map((each) => ({ cells: [name(each.id), typeOf(each), placeOf(each.place)] })),
)}
</details>`

const typeOf = ({ type, condition }: LayerResource): Html =>
  html`${type === '' ? 'a transform' : name(type)}${condition === undefined ? '' : html`, if ${name(condition)}`}`
