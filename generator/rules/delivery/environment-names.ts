import { environments } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

/** Names that samconfig.toml already has. */
const RESERVED = ['service-catalog', 'launch-role', 'stack-set', 'zone-role', 'version']

export const environmentNames: Rule = {
  id: 'PC508',
  title: 'No environment has the name of another part of samconfig.toml',
  why: `the names ${RESERVED.join(', ')} are reserved in samconfig.toml`,
  check: (model) =>
    environments(model.targets)
      .filter(({ name }) => RESERVED.includes(name))
      .map(
        ({ name }): Finding => ({
          path: ['environments', name],
          at: 'key',
          message: `an environment cannot be called "${name}"`,
          remedy: 'choose another name, such as dev or prod',
        }),
      ),
}
