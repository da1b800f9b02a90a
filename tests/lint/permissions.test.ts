// What a config may grant to tasks, and what `verify` judges as harmless, are the same for every action of AWS.
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { judgeAction } from '../../generator/aws/rights.ts'
import { judgeAction as judgedByVerify } from '../../verifier/facts/rights/judge.ts'
import { python, requireTool } from './python.ts'

// As tests/lint/rights.test.ts reads them.
const ask = `
import json
from importlib.util import find_spec
from pathlib import Path
data = Path(find_spec("cfnlint").origin).parent / "data" / "AdditionalSpecs" / "Policies.json"
services = json.loads(data.read_text(encoding="utf-8"))
print(json.dumps([f"{name}:{action}" for name, each in services.items() for action in each["Actions"]]))
`

/** To pass a role gives nothing alone, so `verify` judges what starts something with it. A config may not grant it. */
const isStricter = (action: string): boolean => /^iam:p?a?s?s?r?o?l?e?\*?$/.test(action)

test('a permission is accepted exactly where verify proves that it opens nothing', () => {
  requireTool('cfn-lint')
  const actions: string[] = JSON.parse(execFileSync(python, ['-c', ask], { encoding: 'utf8', maxBuffer: 1 << 26 }))
  expect(actions.length).toBeGreaterThan(10_000)
  const patterns = actions.flatMap((action) => {
    const [service = '', name = ''] = action.split(':')
    const lengths = [0, 1, 3, 4, Math.ceil(name.length / 2)]
    return [action, ...lengths.map((length) => `${service}:${name.slice(0, length)}*`)]
  })
  const different = [...new Set(patterns)].filter((action) => {
    const isAccepted = judgeAction(action).kind === 'harmless'
    const isProved = judgedByVerify(action, ['*']).kind === 'harmless'
    return isAccepted !== isProved && !(isStricter(action) && !isAccepted)
  })
  expect(different).toEqual([])
})

test('rights over groups, listeners, routes, tasks, hosts, functions and roles are refused with a reason', () => {
  const named = [
    ...['ec2:AuthorizeSecurityGroupIngress', 'ec2:ModifyNetworkInterfaceAttribute', 'ec2:CreateRoute', 'ec2:*'],
    ...['elasticloadbalancing:ModifyListener', 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:*'],
    ...['ecs:RunTask', 'ecs:ExecuteCommand', 'ecs:UpdateService', 'ecs:*', 'ec2:RunInstances', 'ssm:StartSession'],
    ...['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:*', 'iam:PassRole', 'iam:PutRolePolicy', 'iam:*'],
    ...['sts:AssumeRole', 'sts:*'],
  ]
  expect(named.filter((action) => judgeAction(action).kind !== 'opens')).toEqual([])
  const data = ['s3:*', 'dynamodb:*', 'sqs:SendMessage', 'sns:Publish', 'kms:Decrypt', 'lambda:InvokeFunction']
  expect(data.filter((action) => judgeAction(action).kind !== 'harmless')).toEqual([])
})
