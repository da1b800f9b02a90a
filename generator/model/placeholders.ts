/**
 * Text in which `{account}`, `{region}` and `{environment}` stand for what they are where the stack is deployed; ours may
 * hold `{partition}` too.
 */
export type Placeholders = string

export const hasPlaceholder = (text: Placeholders): boolean => /\{(?:region|account|environment|partition)\}/.test(text)

/** A text as it will be in one place; what is not known yet stays a placeholder. */
export const filledIn = (
  {
    account,
    region,
    environment,
  }: { readonly account?: string; readonly region: string; readonly environment?: string },
  text: Placeholders,
): string =>
  text
    .replaceAll('{region}', region)
    .replaceAll('{account}', account ?? '{account}')
    .replaceAll('{environment}', environment ?? '{environment}')
