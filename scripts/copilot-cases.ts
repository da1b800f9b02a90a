// What `init --from-copilot` makes of the manifests in tests/copilot/cases: the config, and what became of every key.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { copilotFiles } from '../generator/commands/copilot-files.ts'
import { fromCopilot } from '../generator/copilot/index.ts'
import { frame } from '../generator/errors/frame.ts'

export const casesFolder = 'tests/copilot/cases'

export const caseNames = (): readonly string[] => readdirSync(casesFolder)

export const convertCase = (name: string) => fromCopilot(copilotFiles(join(casesFolder, name), '.'))

/** Path -> text of every file that is expected. */
export const copilotCases = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    caseNames().flatMap((name) => {
      const { config, report, problems } = convertCase(name)
      const told = problems.length === 0 ? '' : `${frame(problems)}\n\n`
      return [
        [join(casesFolder, name, 'portcullis.yaml'), config ?? ''],
        [join(casesFolder, name, 'report.txt'), `${told}${report}`],
      ]
    }),
  )
