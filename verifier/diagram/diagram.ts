/** Templates -> a picture of who can reach whom in one deployment, with the way in and what a proof says. */
import type { Declarations } from '../declarations.ts'
import { noDeclarations } from '../declarations.ts'
import { attempt, withDefaults } from '../judge/one-world.ts'
import { open, type Session } from '../judge/session.ts'
import type { Report } from '../report/report.ts'
import { type VerifyInput, verify } from '../verify.ts'
import { drawn } from './draw.ts'
import { withProof } from './forbidden.ts'
import type { Picture } from './picture.ts'

/** Throws UnreadableTemplate, and WrongDeclaration as `verify` does. */
export function picture(input: VerifyInput): Picture {
  const declarations: Declarations = { ...noDeclarations, ...input.declarations }
  const session = open({ ...input, ownFunctions: input.ownFunctions ?? new Set() }, declarations)
  return pictureIn(session, verify(input))
}

/** Of templates that are read already, and of what is proved of them. */
export function pictureIn(session: Session, report: Report): Picture {
  const title = `Who can reach whom in ${report.templates.join(', ')}`
  const { answers } = attempt(
    session,
    withDefaults(session),
    (world) => drawn(session.factsIn(world), title),
    () => true,
  )
  const [found] = answers
  return withProof(found?.answer ?? { title, boxes: [], edges: [], frames: [] }, report)
}
