import { kindInWords, type SecretReference, sameKind, secretReference } from '../../aws/secrets.ts'
import type { Config } from '../../config/schema/index.ts'
import { sortedEntries } from '../../model/names.ts'
import { writtenTasks, writtenValues } from '../../model/task/written.ts'
import type { Finding, Path, Rule } from '../rule.ts'

export const kindsOfSecrets: Rule = {
  id: 'PC520',
  title: 'Every environment names a secret in the same way',
  why: 'the template is the same everywhere: the form of the name, and which key of the secret is read, are fixed in it',
  check: (_, config) => {
    const first = new Map<string, Written>()
    return writtenSecrets(config).flatMap((each): Finding[] => {
      const model = first.get(each.of)
      if (model === undefined) {
        first.set(each.of, each)
        return []
      }
      return sameKind(model.reference, each.reference)
        ? []
        : [
            {
              path: each.path,
              also: model.path,
              message: `this is ${kindInWords(each.reference)}, but ${model.path.join('.')} is ${kindInWords(model.reference)}`,
              remedy: `write ${kindInWords(model.reference)}, or change the other`,
            },
          ]
    })
  },
}

type Written = {
  /** What it is for: a variable, or the registry, of a service or job. */
  readonly of: string
  readonly path: Path
  readonly reference: SecretReference
}

/** Those of the services and jobs, then those of the environments. */
const writtenSecrets = (config: Config): Written[] =>
  [
    ...writtenTasks(config).map(({ at, task }) => ({ of: at, at, ...task })),
    ...writtenValues(config).map(({ at, of, values }) => ({ of, at, ...values })),
  ].flatMap(({ of, at, registryCredentials = '', secrets = {} }) =>
    [
      ...sortedEntries(secrets).map(([name, text]) => ({ within: ['secrets', name], text })),
      { within: ['registryCredentials'], text: registryCredentials },
    ].flatMap(({ within, text }) => {
      const reference = secretReference(text)
      return reference === undefined ? [] : [{ of: [...of, ...within].join(' '), path: [...at, ...within], reference }]
    }),
  )
