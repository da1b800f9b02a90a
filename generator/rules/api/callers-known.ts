import { UNKNOWN_CALLERS } from '../../config/placeholders.ts'
import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const callersKnown: Rule = {
  id: 'PC120',
  title: 'Somebody has said who may call, where init could not know',
  why: 'the services of Copilot had no authentication, and an import that guessed could open them to everybody, or to the wrong ones',
  check: (_, config) =>
    sortedEntries(config.api.auth)
      .filter(([, { jwt }]) => jwt?.issuer === UNKNOWN_CALLERS)
      .map(
        ([key]): Finding => ({
          path: ['api', 'auth', key, 'jwt', 'issuer'],
          message: `"${key}" is a placeholder: who may call the API?`,
          remedy: `write the issuer and audience of your tokens; or ${key}: { lambda: arn:aws:lambda:... }; or remove auth, and set api.defaultAuth to iam. What everybody may call must say so, path by path: routes: [{ route: "ANY /{proxy+}", auth: none }]`,
        }),
      ),
}
