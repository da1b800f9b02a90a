import { isPlaceholder } from '../../config/placeholders.ts'
import type { Finding, Rule } from '../rule.ts'

export const regionKnown: Rule = {
  id: 'PC121',
  title: 'Somebody has said in which region an environment is, where init could not know',
  why: 'the manifests of Copilot do not name it, and zones, images and ARNs depend on it',
  check: (model) =>
    model.targets
      .filter(({ region }) => isPlaceholder(region))
      .map(
        ({ label, regionAt }): Finding => ({
          path: regionAt,
          message: `the region of ${label} is a placeholder`,
          remedy: 'write a region code such as eu-west-1; copilot env show --name NAME prints it',
        }),
      ),
}
