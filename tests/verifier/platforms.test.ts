// Random platforms with two applications that have the same paths: each is proved with exactly what its config declares,
// and whatever keeps them apart is refuted when it is forgotten.
import { expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { judge, platformFiles } from '../../generator/commands/verdict.ts'
import { generate } from '../../generator/generate.ts'
import type { Model } from '../../generator/model/model.ts'
import type { Report } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { somePlatforms } from '../support/random-models.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const own = codeOf(assets)
const platforms = somePlatforms(16)
const standalone = 'templates/standalone.yaml'

const openOnes = ({ claims }: Report): string[] =>
  claims
    .filter(({ verdict }) => verdict !== 'proved')
    .map(({ id, target, verdict, because }) => `${verdict} ${id} ${target}: ${because}`)

/** One application, changed, with the other one and the platform of both. */
const together = (one: Model, other: Model, change: (template: Json) => void = () => {}): Report | undefined => {
  const files = generate(one, assets).map((file) => {
    if (file.path !== standalone) return file
    const template = readTemplate(file.text)
    change(template)
    return { ...file, text: JSON.stringify(template) }
  })
  const beside = generate(other, assets).filter(({ path }) => path === standalone)
  const around = [...platformFiles(one, assets), ...beside.map((file) => ({ ...file, path: 'other.yaml' }))]
  return judge(
    one,
    files.filter(({ path }) => path === standalone),
    own,
    around,
  )[0]?.report
}

test('a platform, and each application with it, is proved with what the configs declare', () => {
  const found = platforms.flatMap(({ yaml, platform, applications }) =>
    [platform, ...applications.slice(0, 1)].flatMap((model) =>
      judge(model, generate(model, assets), own, platformFiles(model, assets)).flatMap(({ path, report }) =>
        openOnes(report).map((line) => `${model.name} ${path}: ${line}\n${yaml}`),
      ),
    ),
  )
  expect(found.slice(0, 2)).toEqual([])
})

const HEADER = 'x-portcullis-application'
const rulesOf = ({ Resources }: Json): Json[] =>
  Object.values<Json>(Resources).filter(({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::ListenerRule')
const isHeader = ({ HttpHeaderConfig }: Json): boolean => HttpHeaderConfig?.HttpHeaderName === HEADER

test.each<readonly [string, (template: Json) => void]>([
  [
    'the header in its rules',
    (template) => {
      for (const { Properties } of rulesOf(template))
        Properties.Conditions = Properties.Conditions.filter((each: Json) => !isHeader(each))
    },
  ],
  [
    'whose name its rules demand',
    (template) => {
      for (const { Properties } of rulesOf(template))
        for (const { HttpHeaderConfig } of Properties.Conditions.filter(isHeader)) HttpHeaderConfig.Values = ['*']
    },
  ],
])('an application that forgets %s is refuted where paths alone lead to a service of its own', (_, forget) => {
  for (const { yaml, applications } of platforms) {
    const [one, other] = applications as readonly [Model, Model]
    // Where ECS shifts requests, rules demand the name of the service too, which only its own API sends.
    const isByPath = (model: Model): boolean =>
      model.services.some(
        ({ deployment, listenerRules }) => !deployment.shift && listenerRules.some(({ hosts }) => hosts === undefined),
      )
    const verdicts = (together(one, other, forget)?.claims ?? [])
      .filter(({ id }) => id === 'own-services-only')
      .map(({ verdict }) => verdict)
    if (isByPath(one)) expect({ yaml, verdicts }).toEqual({ yaml, verdicts: expect.arrayContaining(['refuted']) })
    else expect(verdicts.length).toBeGreaterThan(0)
  }
})
