/** Templates of all verdicts, for laws that compare a template with a changed one. */
import type { Json } from '../../support/read-template.ts'
import { type Base, foreign, isolated, standalone } from './bases.ts'
import { opened, openings } from './openings.ts'

export type Start = { readonly name: string; readonly template: Json }

const clouded = ({ template, roles }: Base): readonly Start[] => {
  const change = (name: string, edit: (copy: Json) => void): Start => {
    const copy = structuredClone(template)
    copy.Parameters = { ...copy.Parameters, Unknown: { Type: 'String' } }
    edit(copy)
    return { name, template: copy }
  }
  return [
    change('a scheme by parameter', (copy) => {
      copy.Resources[roles.loadBalancer].Properties.Scheme = { Ref: 'Unknown' }
    }),
    change('a certificate by parameter', (copy) => {
      copy.Resources[roles.listener].Properties.Certificates = [{ CertificateArn: { Ref: 'Unknown' } }]
    }),
    change('one more group by parameter', (copy) => {
      copy.Resources[roles.loadBalancer].Properties.SecurityGroups.push({ Ref: 'Unknown' })
    }),
    change('subnets by parameter', (copy) => {
      copy.Resources[roles.service].Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = [{ Ref: 'Unknown' }]
    }),
  ]
}

const from = (base: Base): readonly Start[] => [
  { name: `${base.name}, safe`, template: base.template },
  ...openings.map((opening) => ({
    name: `${base.name}, ${opening.name}`,
    template: opened(base, opening, opening.owner(base.roles)),
  })),
  ...clouded(base).map(({ name, template }) => ({ name: `${base.name}, ${name}`, template })),
]

/** Small ones, which are cheap. */
export const small: readonly Start[] = from(isolated)
export const large: readonly Start[] = [...from(standalone), ...foreign]
