/** The claims, in the order of the report. */
import { authorizedRoutes } from './claims/authorized-routes.ts'
import { boundedEgress } from './claims/bounded-egress.ts'
import { noBypass } from './claims/no-bypass.ts'
import { noInternetPath } from './claims/no-internet-path.ts'
import { noPublicAddress } from './claims/no-public-address.ts'
import { noSideDoor } from './claims/no-side-door.ts'
import { ownServicesOnly } from './claims/own-services-only.ts'
import { soleEntrance } from './claims/sole-entrance.ts'
import { touchesNothingOutside } from './claims/touches-nothing-outside.ts'
import { verifiedTls } from './claims/verified-tls.ts'
import { wayInExists } from './claims/way-in-exists.ts'
import type { Claim, TemplatesClaim } from './judge/claim.ts'

export const claims: readonly (Claim | TemplatesClaim)[] = [
  wayInExists,
  noInternetPath,
  noPublicAddress,
  soleEntrance,
  authorizedRoutes,
  verifiedTls,
  noBypass,
  noSideDoor,
  boundedEgress,
  ownServicesOnly,
]

/** Judged like claims, but reported separately: they change neither a verdict nor the exit code. */
export const notes: readonly TemplatesClaim[] = [touchesNothingOutside]

export type ClaimText = { readonly id: string; readonly title: string; readonly about: string; readonly text: string }

/** What is claimed, in words. */
export const claimTexts: readonly ClaimText[] = [...claims, ...notes].map(({ id, title, about, text }) => ({
  id,
  title,
  about,
  text,
}))
