/** Templates -> all that the page of `report` shows of them, as data. */
import { type ClaimText, claimTexts } from '../claims.ts'
import { type Declarations, noDeclarations } from '../declarations.ts'
import { pictureIn } from '../diagram/diagram.ts'
import type { Picture } from '../diagram/picture.ts'
import { attempt, withDefaults } from '../judge/one-world.ts'
import { open } from '../judge/session.ts'
import type { Report } from '../report/report.ts'
import { type VerifyInput, verify } from '../verify.ts'
import { type ApiContents, apisIn } from './apis.ts'
import { type Layer, layersIn } from './layers.ts'
import { type ParameterContents, parametersIn } from './parameters.ts'

export type Contents = {
  readonly report: Report
  /** What is claimed, in words. */
  readonly claims: readonly ClaimText[]
  /** Who can reach whom, in the deployment with given values and defaults; so are the APIs. */
  readonly picture: Picture
  readonly apis: readonly ApiContents[]
  readonly parameters: readonly ParameterContents[]
  readonly layers: readonly Layer[]
  /** All that was read, as it was read. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

/** Throws UnreadableTemplate, and WrongDeclaration as `verify` does. */
export function contentsOf(input: VerifyInput): Contents {
  const files = new Map(input.templates.map(({ path, text }) => [path, text]))
  const remembering: VerifyInput = {
    ...input,
    readFile: (path) => {
      const text = input.readFile(path)
      if (text !== undefined) files.set(path, text)
      return text
    },
  }
  const declarations: Declarations = { ...noDeclarations, ...input.declarations }
  const session = () => open({ ...remembering, ownFunctions: input.ownFunctions ?? new Set() }, declarations)
  // Each question has a session of its own, so that the steps of one are not missing in another.
  const report = verify(remembering)
  const seen = session()
  const [found] = attempt(
    seen,
    withDefaults(seen),
    (world) => apisIn(seen.factsIn(world)),
    () => true,
  ).answers
  return {
    report,
    claims: claimTexts,
    picture: pictureIn(seen, report),
    apis: found?.answer ?? [],
    parameters: parametersIn(session(), report),
    layers: layersIn(seen.program),
    files: [...files].map(([path, text]) => ({ path, text })),
  }
}
