import { isPlaceholder } from '../../config/placeholders.ts'
import type { Config } from '../../config/schema/index.ts'
import { sortedEntries } from '../../model/names.ts'
import { writtenContainers, writtenValues } from '../../model/task/written.ts'
import type { Path, Rule } from '../rule.ts'

/** Words at the end of a name that mean a secret. */
const SECRET =
  /(?:^|_)(?:password|passwd|passphrase|pwd|token|secret|(?:(?:api|access|account|auth|private|secret|signing|encryption|master|service|webhook|jwt|hmac|aes)_?)?key|credentials?)$/i

/** Keys that everybody may know. */
const PUBLIC =
  /(?:^|_)(?:public|publishable|partition|sort|hash|range|primary|foreign|cache|routing|object|s3|index)_?key$/i

/** What says where a secret is, or whether there is one: an address, an ARN, a path, an answer, a number of a few digits. */
const HARMLESS = /^(?:|true|false|yes|no|none|null|[0-9]{1,5}|arn:.*|https?:\/\/.*|\.{0,2}\/.*)$/i

/** `scheme://user:password@host` */
const WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i

const isSecret = (name: string, value: string): boolean => {
  if (WITH_PASSWORD.test(value)) return true
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
  return SECRET.test(words) && !PUBLIC.test(words) && !HARMLESS.test(value.trim()) && !isPlaceholder(value)
}

export const secretsInTheOpen: Rule = {
  id: 'PC471',
  severity: 'warning',
  title: 'What is secret is in secrets, not in environment',
  why: 'a value in environment is in the config, in the templates, and in the task definition, for everybody who may read one of them',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
  check: (_, config) =>
    writtenVariables(config)
      .filter(({ name, value }) => isSecret(name, String(value)))
      .map(({ path, name }) => ({
        path,
        at: 'key',
        message: `"${name}" looks like a secret with its value`,
        remedy: `keep the value in Secrets Manager or Parameter Store, and write its name: secrets: { ${name}: ${config.name}/${name.toLowerCase().replaceAll('_', '-')} }; if it is no secret, nothing is to be done`,
      })),
}

type Variable = { readonly path: Path; readonly name: string; readonly value: unknown }

const writtenVariables = (config: Config): Variable[] => {
  const of = (at: Path, environment: Readonly<Record<string, unknown>> = {}): Variable[] =>
    sortedEntries(environment).map(([name, value]) => ({ path: [...at, 'environment', name], name, value }))
  return [
    ...writtenContainers(config).flatMap(({ at, container }) => of(at, container.environment)),
    ...writtenValues(config).flatMap(({ at, values }) => of(at, values.environment)),
  ]
}
