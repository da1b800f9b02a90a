// Makes .venv with the Python tools of the tests when it is missing or outdated; `node scripts/python-tools.mjs checkov`
// makes .venv-checkov, whose libraries are older than what the others need.
import { pythonEnvironment, ToolsMissing } from './python-environment.mjs'

const environments = {
  tests: {
    folder: '.venv',
    pins: 'tests/python/tools.txt',
    oldest: {
      'cfn-lint': '1.51.0',
      'aws-sam-translator': '1.110.0',
      'aws-sam-cli': '1.150.0',
      moto: '5.2.0',
      ministack: '1.5.0',
    },
    required: ['cfn-lint', 'aws-sam-translator'],
  },
  checkov: {
    folder: '.venv-checkov',
    pins: 'tests/python/checkov.txt',
    oldest: { checkov: '3.3.30' },
    required: ['checkov'],
  },
}

try {
  await pythonEnvironment(environments[process.argv[2] ?? 'tests'])
} catch (error) {
  if (!(error instanceof ToolsMissing)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
