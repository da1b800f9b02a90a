// Brings everything that is generated and committed up to date: property types, schema, documentation, examples with their output.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadAssets } from '../generator/commands/assets.ts'
import { withAnswers } from './checkov-answers.ts'
import { copilotCases } from './copilot-cases.ts'
import { withFailureModes } from './failure-mode-docs.ts'
import { cfnTypes } from './generate-cfn-types.ts'
import { configType } from './generate-config-type.ts'
import { docs } from './generate-docs.ts'
import { managedPolicies, rights } from './generate-rights.ts'
import { pagesWithOutput, pictures, withOutput } from './shown-output.ts'
import { shownMoment, shownUpdate, withUpdate } from './update-reports.ts'
import { reportOf, shownTemplates, withClaims, withLines } from './verify-reports.ts'

writeFileSync('generator/cfn/resources.gen.ts', cfnTypes())
writeFileSync('generator/aws/rights.gen.ts', rights())
writeFileSync('generator/aws/policies.gen.ts', managedPolicies())
const schema = portcullis('schema')
writeFileSync('portcullis.schema.json', schema)
writeFileSync('library/config.gen.ts', configType(JSON.parse(schema)))
for (const config of [
  'portcullis.yaml',
  ...readdirSync('examples').map((name) => `examples/${name}/portcullis.yaml`),
]) {
  process.stderr.write(`${config}\n`)
  portcullis('generate', config)
}

for (const [path, text] of Object.entries(docs())) writeFileSync(path, text)
for (const [path, text] of Object.entries(copilotCases())) writeFileSync(path, text)
const functionsGuide = 'docs/custom-resources.md'
writeFileSync(functionsGuide, withFailureModes(readFileSync(functionsGuide, 'utf8')))
const securityGuide = 'docs/security.md'
writeFileSync(securityGuide, withAnswers(readFileSync(securityGuide, 'utf8')))
const proofGuide = 'docs/verify.md'
const assets = loadAssets('dist/functions')
const reports = shownTemplates(readFileSync('templates/standalone.yaml', 'utf8')).map((each) => reportOf(each, assets))
writeFileSync(proofGuide, withClaims(withLines(readFileSync(proofGuide, 'utf8'), reports)))
for (const page of pagesWithOutput) writeFileSync(page, withOutput(page))
for (const [path, text] of Object.entries(pictures())) writeFileSync(path, text)
const update = shownUpdate(readFileSync('portcullis.yaml', 'utf8'), assets)
const moment = shownMoment(readFileSync('templates/standalone.yaml', 'utf8'), assets)
for (const guide of ['README.md', 'docs/diff.md'])
  writeFileSync(guide, withUpdate(readFileSync(guide, 'utf8'), update, moment))

function portcullis(...args: string[]): string {
  return execFileSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' })
}
