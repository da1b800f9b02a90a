import { endsLikeArn, isComplete } from '../../aws/secrets.ts'
import { textAt } from '../../model/delivery/targets.ts'
import { writtenSecrets } from '../../model/task/written.ts'
import type { Finding, Rule } from '../rule.ts'

export const secretNames: Rule = {
  id: 'PC431',
  title: 'No name of a secret ends in a hyphen and six letters or digits',
  why: 'Secrets Manager takes such a name for a whole ARN, and would look for a secret of another name',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen',
  check: ({ targets }, config) =>
    writtenSecrets(config)
      .filter((secret) => secret.store === 'secretsmanager' && !isComplete(secret))
      .flatMap(({ path, text }): Finding[] => {
        const wrong = [text, ...targets.map((target) => textAt(target, text))].find(endsLikeArn)
        return wrong === undefined
          ? []
          : [
              {
                path,
                message: `"${wrong}" ends like a whole ARN`,
                remedy: 'write the whole ARN, with the six characters that Secrets Manager added, or rename the secret',
              },
            ]
      }),
}
