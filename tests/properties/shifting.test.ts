// ECS moves the weights of a service's listener rule; an update of that rule by CloudFormation would set them back.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Entry } from '../../generator/cfn/resource.ts'
import { architecture } from '../../generator/layers/index.ts'
import type { Model } from '../../generator/model/model.ts'
import { parseConfig } from '../../generator/read.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { configArbitrary, toYaml } from './arbitraries.ts'

const entries = (model: Model): Entry[] => architecture(model).flatMap(({ fragment }) => fragment.entries)
const ofType = (all: readonly Entry[], type: string): [string, Json][] =>
  all.filter(({ resource }) => resource.Type === type).map(({ id, resource }) => [id, resource.Properties])

/** Whose load balancer it is, and which rules of it are theirs: to change that is to move the application. */
const place = ({ share, loadBalancer = {} }: Json): string =>
  JSON.stringify([share ?? false, loadBalancer.existing ?? null, loadBalancer.priorities ?? null])

test('no change of a config changes the rule of a service that ECS shifts, as long as the application stays where it is', () => {
  const rules = new Map<string, string>()
  let seen = 0
  fc.assert(
    fc.property(configArbitrary, (config) => {
      const { model } = parseConfig(toYaml(config), 'portcullis.yaml')
      const all = entries(model)
      for (const { key, id, deployment } of model.services) {
        if (!deployment.shift) continue
        const own = all.filter((entry) => entry.id.startsWith(`${id}ListenerRule`))
        expect(own.map((entry) => entry.id)).toEqual([`${id}ListenerRuleService`])
        const rule = JSON.stringify(own[0]?.resource)
        const asked = `${key} ${place(config)}`
        expect(rule).toBe(rules.get(asked) ?? rule)
        rules.set(asked, rule)
        seen++
      }
    }),
    { numRuns: runs(500), seed },
  )
  expect(seen).toBeGreaterThan(rules.size)
})

/** The service whose longest path covers the route. */
const ownerOf = (routeKey: string, { services }: Json): string | undefined => {
  const path = routeKey.replace(/^\S+ /, '').replace(/\{\w+\+?\}/g, 'z')
  const covers = (pattern: string): boolean =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
  const owners = Object.entries<Json>(services).flatMap(([key, { port, private: isPrivate, paths }]) =>
    (port === undefined || isPrivate ? [] : (paths ?? ['/*'])).filter(covers).map((each: string) => ({ key, each })),
  )
  // `/a` is longer than what stands before the star of `/*`.
  const length = (pattern: string): number => pattern.replace(/\*$/, '').length
  return owners.sort((a, b) => length(b.each) - length(a.each))[0]?.key
}

test('its requests come by its own integration, and no client can take another one for it', () => {
  fc.assert(
    fc.property(configArbitrary, (config) => {
      const { model } = parseConfig(toYaml(config), 'portcullis.yaml')
      const shifted = model.services.filter(({ deployment }) => deployment.shift)
      const all = entries(model)
      const headers = new Map(
        ofType(all, 'AWS::ApiGatewayV2::Integration').map(([id, { RequestParameters }]) => [
          id,
          RequestParameters['overwrite:header.x-portcullis-service'],
        ]),
      )
      for (const [, { RouteKey, Target }] of ofType(all, 'AWS::ApiGatewayV2::Route')) {
        const integration = /\$\{(\w+)\}/.exec(Target['Fn::Sub'])?.[1] ?? ''
        const key = ownerOf(RouteKey, config)
        const wanted = shifted.some((each) => each.key === key) ? key : '-'
        expect([RouteKey, headers.has(integration), headers.get(integration)]).toEqual([
          RouteKey,
          true,
          shifted.length > 0 ? wanted : undefined,
        ])
      }
      const demanded = ofType(all, 'AWS::ElasticLoadBalancingV2::ListenerRule').flatMap(([, { Conditions }]) =>
        Conditions.flatMap(({ HttpHeaderConfig }: Json) =>
          HttpHeaderConfig?.HttpHeaderName === 'x-portcullis-service' ? HttpHeaderConfig.Values : [],
        ),
      )
      expect(demanded.sort()).toEqual(shifted.map(({ key }) => key).sort())
    }),
    { numRuns: runs(200), seed },
  )
})
