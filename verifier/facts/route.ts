/** A route of an API, and a way from it through a VPC link. */
import type { Place } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

export type Access =
  | { readonly kind: 'closed'; readonly by: string }
  /** `isUnset`: nothing is said, so that a default of SAM applies. */
  | { readonly kind: 'open'; readonly because: string; readonly isUnset?: true }
  | { readonly kind: 'unknown'; readonly value: Value; readonly because: string }

export type Integration = {
  readonly name: string
  readonly place: Place
  readonly link: Value
  /** The listener, by ARN. */
  readonly target: Value
  readonly serverName: Value
}

export type ApiRoute = {
  /** `GET /orders/{id}`, as the template writes it. */
  readonly key: string
  readonly name: string
  readonly place: Place
  readonly access: Access
  /** Name of the integration to which it leads; undefined when that is not known. */
  readonly leadsTo: string | undefined
}
