import { readFileSync } from 'node:fs'
import { managedPolicies } from '../../scripts/generate-managed-policies.ts'
import { requireTool } from './python.ts'

test('what verify knows of the managed policies of AWS is what the pinned moto carries (scripts/generate-managed-policies.ts)', () => {
  requireTool('moto')
  expect(readFileSync('verifier/facts/managed-policies.gen.ts', 'utf8')).toBe(managedPolicies())
})
