import type { Finding, Rule } from '../rule.ts'

export const probeNeedsGuard: Rule = {
  id: 'PC314',
  title: 'The probe has a route with authorization to call',
  why: 'the probe calls such a route without a token and expects to be turned away',
  check: (model, config): Finding[] =>
    config.api.probe && model.api.probe === undefined
      ? [
          {
            path: ['api', 'probe'],
            message: 'no request is certain to be turned away, so the probe cannot show anything',
            remedy: 'remove api.probe, or give a route an authorization',
          },
        ]
      : [],
}
