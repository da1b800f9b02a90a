import type { Config } from '../../config/schema/index.ts'
import type { Finding, Rule } from '../rule.ts'

type Written = Config['services'][string]
type Key = 'percent' | 'stepMinutes' | 'bakeMinutes' | 'pause' | 'minimumHealthyPercent' | 'maximumPercent'

/** Keys that say something with a strategy. */
const keysOf: Readonly<Record<Written['deployment']['strategy'], readonly Key[]>> = {
  rolling: ['minimumHealthyPercent', 'maximumPercent'],
  'blue-green': ['bakeMinutes', 'pause'],
  canary: ['bakeMinutes', 'pause', 'percent', 'stepMinutes'],
  linear: ['bakeMinutes', 'pause', 'percent', 'stepMinutes'],
}
const all: readonly Key[] = [
  'percent',
  'stepMinutes',
  'bakeMinutes',
  'pause',
  'minimumHealthyPercent',
  'maximumPercent',
]

/** ECS takes no smaller step. */
const SMALLEST_STEP = 3

export const deploymentKeys: Rule = {
  id: 'PC457',
  title: 'What is said of a deployment fits its strategy',
  why: 'ECS ignores what another strategy needs, or refuses it, and without a load balancer there are no requests to shift or to watch',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html',
  check: (_, config) => Object.entries(config.services).flatMap(([key, service]) => ofService(key, service)),
}

function ofService(key: string, { port, private: isPrivate, deployment }: Written): Finding[] {
  const isBehind = port !== undefined && !isPrivate
  const { strategy, percent = SMALLEST_STEP, alarms } = deployment
  const at = (name: string): readonly string[] => ['services', key, 'deployment', name]
  if (!isBehind && strategy !== 'rolling')
    return [
      {
        path: at('strategy'),
        message: `${strategy} shifts requests of the load balancer, and none come to ${key}`,
        remedy: 'remove the key: it is deployed step by step',
      },
    ]
  return [
    ...all
      .filter((name) => deployment[name] !== undefined && !keysOf[strategy].includes(name))
      .map(
        (name): Finding => ({
          path: at(name),
          at: 'key',
          message: `"${name}" has no effect with the strategy ${strategy}`,
          remedy: `remove the key, or choose ${Object.entries(keysOf)
            .filter(([, keys]) => keys.includes(name))
            .map(([each]) => each)
            .join(' or ')}`,
        }),
      ),
    ...(strategy === 'linear' && percent < SMALLEST_STEP
      ? [{ path: at('percent'), message: `${percent} % is too small a step`, remedy: 'write a number from 3 to 100' }]
      : []),
    ...(!isBehind && alarms
      ? [
          {
            path: at('alarms'),
            message: `the alarms watch requests of the load balancer, and none come to ${key}`,
            remedy: 'remove the key: the circuit breaker rolls back what does not start',
          },
        ]
      : []),
  ]
}
