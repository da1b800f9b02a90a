import type { Model } from './model.ts'

/** One stack that the config plans: an environment, or an account and region of the stack set. */
export type Deployment = {
  /** What the config calls it, `environments.prod` or `333333333333/eu-west-1`. */
  readonly name: string
  readonly region: string
  readonly account?: string
  readonly parameters: Readonly<Record<string, string>>
}

export function deployments(model: Model): Deployment[] {
  const { stackSet } = model.delivery
  const fromStackSet = (stackSet?.accounts ?? []).flatMap((account) =>
    (stackSet?.regions ?? []).map((region) => ({
      name: `${account}/${region}`,
      account,
      region,
      parameters:
        stackSet?.overrides.find((each) => each.account === account && each.region === region)?.parameters ?? {},
    })),
  )
  return [...model.environments.map((each) => ({ ...each, name: `environments.${each.name}` })), ...fromStackSet]
}

/** A name as it will be in one deployment; what is not known yet stays a placeholder. */
export const nameIn = ({ account, region }: Pick<Deployment, 'account' | 'region'>, text: string): string =>
  text.replaceAll('{region}', region).replaceAll('{account}', account ?? '{account}')
