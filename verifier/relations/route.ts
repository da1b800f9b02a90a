/** A route of an API, and a way from it through a VPC link. */
import type { Place, Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'
import type { FixedHeaders } from './fixed-headers.ts'

export type Access =
  | { readonly kind: 'closed'; readonly by: string }
  | { readonly kind: 'open'; readonly because: string }
  /** `isElsewhere`: what closes it is not in the templates, and no value says more. */
  | { readonly kind: 'unknown'; readonly value: Value; readonly because: string; readonly isElsewhere?: true }

/** The name that API Gateway verifies on the last hop, if it verifies one. */
export type Verified =
  | { readonly kind: 'name'; readonly value: Value }
  | { readonly kind: 'none'; readonly because: string; readonly remedy: string }
  | { readonly kind: 'unknown'; readonly value: Value }

export type Integration = {
  readonly name: string
  readonly place: Place
  /** Undefined for one of a document. */
  readonly resource: Resource | undefined
  readonly link: Value
  /** The listener, or the load balancer of a REST API, by ARN. */
  readonly target: Value
  /** At which a REST API calls its load balancer; undefined where the target is a listener or it is not known. */
  readonly port: number | undefined
  readonly verified: Verified
  readonly headers: FixedHeaders
  /** What is written under its request parameters. */
  readonly parameters: Value
}

export type ApiRoute = {
  /** `GET /orders/{id}`, as the template writes it. */
  readonly key: string
  readonly name: string
  readonly place: Place
  readonly access: Access
  /** Name of the integration to which it leads; undefined when that is not known. */
  readonly leadsTo: string | undefined
  /** It answers itself, so that nothing behind the API is reached. */
  readonly isMock: boolean
}

export type Api = {
  readonly resource: Resource
  readonly kind: 'http' | 'rest'
}
