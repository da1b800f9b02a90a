import { mayLackItsEnd } from '../../aws/secrets.ts'
import { secretsOfEnvironments, writtenSecrets } from '../../model/task/written.ts'
import type { Rule } from '../rule.ts'

export const wholeSecretArns: Rule = {
  id: 'PC433',
  severity: 'warning',
  title: 'The ARN of a secret whose name ends in a hyphen and six characters is written whole',
  why: 'Secrets Manager takes an ARN that ends like that for a whole one; if it is not, no task can start',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen',
  check: (_, config) =>
    [...writtenSecrets(config), ...secretsOfEnvironments(config)].filter(mayLackItsEnd).map(({ path, text }) => ({
      path,
      message: `"${text.slice(text.lastIndexOf('-'))}" looks like a part of the name, and is taken for the end that Secrets Manager adds`,
      remedy: `write the ARN as Secrets Manager shows it, ending in a hyphen and six characters of its own: ${text}-AbCdEf; if it is that already, nothing is to be done`,
    })),
}
