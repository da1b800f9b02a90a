/** Templates -> a picture of who can reach whom in one deployment, with the way in and what a proof says. */
import type { Declarations } from '../declarations.ts'
import { noDeclarations } from '../declarations.ts'
import { attempt, withDefaults } from '../judge/one-world.ts'
import { open } from '../judge/session.ts'
import { type VerifyInput, verify } from '../verify.ts'
import { drawn } from './draw.ts'
import { withProof } from './forbidden.ts'
import type { Picture } from './picture.ts'

/** Throws UnreadableTemplate, and WrongDeclaration as `verify` does. */
export function picture(input: VerifyInput): Picture {
  const declarations: Declarations = { ...noDeclarations, ...input.declarations }
  const session = open({ ...input, ownFunctions: input.ownFunctions ?? new Set() }, declarations)
  const title = `Who can reach whom in ${input.templates.map(({ path }) => path).join(', ')}`
  const { answers } = attempt(
    session,
    withDefaults(session),
    (world) => drawn(session.factsIn(world), title),
    () => true,
  )
  const [found] = answers
  return withProof(found?.answer ?? { title, boxes: [], edges: [], frames: [] }, verify(input))
}
