/** What is drawn, without a place on paper: boxes, who reaches whom, and the networks around them. */
import type { Place } from '../resolve/program.ts'

export type Kind =
  | 'client'
  | 'api'
  | 'link'
  | 'balancer'
  | 'service'
  | 'worker'
  /** AWS services, and what else tasks open connections to. */
  | 'outside'
  /** What a refuted claim found. */
  | 'intruder'

export type Box = {
  /** Key of the resource, or a name of its own. */
  readonly id: string
  readonly kind: Kind
  readonly title: string
  readonly lines: readonly string[]
  /** Names of the security groups that it carries. */
  readonly groups?: readonly string[]
  readonly place?: Place
  /** Key of the frame around it; undefined outside of networks. */
  readonly frame?: string
}

/** A sentence, and where what it speaks of is written. */
export type Reason = { readonly says: string } & Partial<Place>

export type Edge = {
  readonly from: string
  readonly to: string
  /** What goes over it, `tcp/443`. */
  readonly label: string
  readonly kind: 'way-in' | 'allowed' | 'blocked' | 'forbidden'
  /** What of the templates makes it so: rules, integrations, target groups. */
  readonly because?: readonly Reason[]
}

export type Zone = { readonly title: string; readonly subnets: readonly string[] }

/** A VPC. */
export type Frame = {
  readonly id: string
  readonly title: string
  readonly lines: readonly string[]
  readonly zones: readonly Zone[]
}

export type Picture = {
  readonly title: string
  readonly boxes: readonly Box[]
  readonly edges: readonly Edge[]
  readonly frames: readonly Frame[]
  /** What the proof says of the whole, in a line. */
  readonly verdict: { readonly is: 'proved' | 'refuted' | 'undecided'; readonly text: string }
}
