import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { handlerPermissions } from '../../scripts/generate-handler-permissions.ts'
import { requireTool } from './python.ts'

test('the data of the launch role is what the pinned cfn-lint carries (scripts/generate-handler-permissions.ts)', () => {
  requireTool('cfn-lint')
  expect(readFileSync('generator/packagings/launch-role/handler-permissions.gen.ts', 'utf8')).toBe(handlerPermissions())
})
