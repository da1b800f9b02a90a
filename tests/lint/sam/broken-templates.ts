// SAM templates with one thing changed at random, most of them such that the translator refuses them.
import fc from 'fast-check'
import type { Json } from '../../support/read-template.ts'
import { randomTemplates } from './random-templates.ts'

type Place = { readonly holder: Json; readonly key: string | number }

/** Everything below the properties of the SAM resources, and below the globals. */
function placesIn(template: Json): readonly Place[] {
  const walk = (holder: Json): Place[] =>
    Object.keys(holder).flatMap((key) => [
      { holder, key: Array.isArray(holder) ? Number(key) : key },
      ...(isHolder(holder[key]) && !isIntrinsic(holder[key]) ? walk(holder[key]) : []),
    ])
  const sam = Object.values<Json>(template.Resources).filter(({ Type }) => Type.startsWith('AWS::Serverless::'))
  return [...sam.flatMap(({ Properties }) => walk(Properties)), ...(template.Globals ? walk(template.Globals) : [])]
}

const isHolder = (value: Json): boolean => typeof value === 'object' && value !== null
const isIntrinsic = (value: Json): boolean => 'Ref' in value || Object.keys(value).some((key) => key.startsWith('Fn::'))

const others: readonly Json[] = ['text', 3, true, ['text'], [], { Key: 'text' }, {}, { Ref: 'Host' }, null]

const changes: readonly ((place: Place, upTo: (most: number) => number) => void)[] = [
  ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  },
  ({ holder, key }) => {
    if (Array.isArray(holder)) return void holder.push('text')
    holder[`${key}s`] = holder[key]
    delete holder[key]
  },
  ({ holder }) => {
    if (Array.isArray(holder)) holder.push({ Key: 'text' })
    else holder.Unheard = 'text'
  },
  ({ holder, key }, upTo) => {
    holder[key] = structuredClone(others[upTo(others.length - 1)])
  },
  ({ holder, key }, upTo) => {
    holder[key] = structuredClone(others[upTo(others.length - 1)])
  },
]

/** The same templates for everyone. */
export const brokenTemplates = (count: number, seed: number): Json[] => {
  const templates = randomTemplates(count, seed)
  const chosen = fc.sample(
    fc.tuple(fc.nat(1_000_000), fc.nat(changes.length - 1), fc.infiniteStream(fc.nat(1_000_000))),
    {
      seed,
      numRuns: count,
    },
  )
  return templates.map(({ template: original }, index) => {
    const template = structuredClone(original)
    const places = placesIn(template)
    const [where = 0, what = 0, numbers] = chosen[index] ?? []
    const events = places.filter(({ key }) => key === 'Events').map(({ holder }) => holder.Events)
    if (index % 10 === 0 && events.length > 0) {
      // Twice the same event, of one function or of two.
      const from = events[where % events.length]
      const to = events[what % events.length]
      for (const [name, event] of Object.entries<Json>(from)) to[`${name}Again`] = structuredClone(event)
      return template
    }
    const place = places[where % places.length]
    if (place) changes[what]?.(place, (most) => Number(numbers?.next().value ?? 0) % (most + 1))
    return template
  })
}
