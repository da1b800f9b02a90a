import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { handlerPermissions } from '../../scripts/generate-handler-permissions.ts'
import { emittedTemplates } from './emitted.ts'
import { describeMatch, startLintProcesses } from './lint-process.ts'
import { repository, requireTool } from './python.ts'

const processes = startLintProcesses(1)
afterAll(() => processes.stop())

test('the data of the launch role is what the pinned cfn-lint carries (scripts/generate-handler-permissions.ts)', () => {
  requireTool('cfn-lint')
  expect(readFileSync('generator/packagings/launch-role/handler-permissions.gen.ts', 'utf8')).toBe(handlerPermissions())
})

test('every action of a launch role exists, and for the kind of resource that its statement names', async () => {
  const roles = emittedTemplates().filter((path) => path.endsWith('/launch-role.yaml'))
  expect(roles.length).toBeGreaterThan(0)
  for (const path of roles) {
    const found = await processes.lint(join(repository, path), ['eu-west-1', 'us-east-1'])
    expect(found.map((match) => `${path}${describeMatch(match)}`)).toEqual([])
  }
})
