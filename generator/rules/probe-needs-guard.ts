import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Rule } from './rule.ts'

export const probeNeedsGuard: Rule = {
  id: 'PC314',
  title: 'The probe has a route with authorization to ask for',
  why: 'the probe calls such a route without a token and expects to be turned away',
  check: (model): Diagnostic[] =>
    model.api.probe && model.api.routes.every(({ auth }) => auth.kind === 'none')
      ? [
          {
            code: 'PC314',
            path: ['api', 'probe'],
            message: 'all routes are open, so the probe has nothing to show',
            why: probeNeedsGuard.why,
            remedy: 'take api.probe out, or give a route an authorization',
          },
        ]
      : [],
}
