/** The parameters of a deployment, and which claims their values can change. */
import type { Contents } from '../contents/contents.ts'
import type { LookedAt, ParameterContents } from '../contents/parameters.ts'
import { type Html, html, none } from './html.ts'
import { type Row, table } from './table.ts'
import { claimLink, joined, name, placeOf } from './words.ts'

export function parametersSection({ parameters, report }: Contents): Html {
  const columns = ['Parameter', 'Value', 'What it can change']
  const isMany = report.templates.length > 1
  return html`<section id="parameters" aria-labelledby="parameters-title">
<h2 id="parameters-title">Parameters</h2>
<p class="hint">A claim that is proved holds for every value that a deployment may give. What is not proved may depend on the value; where nothing is named, the value makes no difference.</p>
${
  parameters.length === 0
    ? html`<p>A deployment is given no parameters.</p>`
    : table(
        'parameters',
        'Parameters',
        columns,
        parameters.map((each) => rowOf(each, isMany)),
      )
}
</section>`
}

const rowOf = (parameter: ParameterContents, isMany: boolean): Row => ({
  cells: [
    html`${name(parameter.name)}${isMany ? html`<br>of ${name(parameter.stack)}` : ''}${parameter.description === undefined ? '' : html`<span class="description">${parameter.description}</span>`} ${placeOf(parameter.place)}`,
    valueIn(parameter),
    changes(parameter),
  ],
  ...(parameter.lookedAt.some(isOpen) ? { as: 'open' } : {}),
})

function valueIn({ given, default: fallback, allowedValues, allowedPattern, type }: ParameterContents): Html {
  const value =
    given !== undefined
      ? html`given: ${name(given)}`
      : fallback === undefined
        ? html`no default`
        : html`default ${fallback === '' ? html`empty` : name(fallback)}`
  const limit =
    allowedValues !== undefined
      ? html`<br>one of ${few(allowedValues)}`
      : allowedPattern !== undefined
        ? html`<br>pattern ${name(allowedPattern)}`
        : type === 'String'
          ? none
          : html`<br>${type}`
  return html`${value}${limit}`
}

/** The beginning of a list says what it is like; the template has the rest. */
const most = 8

const few = (values: readonly string[]): Html =>
  values.length <= most
    ? joined(values.map(name))
    : html`${joined(values.slice(0, most - 2).map(name))} and ${values.length - most + 2} more`

const isOpen = ({ verdict }: LookedAt): boolean => verdict !== 'proved'

function changes({ given, lookedAt }: ParameterContents): Html {
  if (given !== undefined) return html`The verdict is for this value only.`
  const open = lookedAt.filter(isOpen)
  const closed = [...new Set(lookedAt.filter((each) => !isOpen(each)).map(({ id }) => id))]
  return html`${open.length === 0 ? 'Nothing.' : html`<b>May change</b> ${joined(open.map(({ id, target }) => html`${claimLink(id)} of ${name(target)}`))}.`}${
    closed.length === 0 ? '' : html` Looked at value by value for ${joined(closed.map(claimLink))}.`
  }`
}
