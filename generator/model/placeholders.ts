/** Text in which `{account}` and `{region}` stand for the deploying account and region. */
export type Placeholders = string

export const hasPlaceholder = (text: Placeholders): boolean => /\{(?:region|account)\}/.test(text)

/** A text as it will be in one place; what is not known yet stays a placeholder. */
export const filledIn = (
  { account, region }: { readonly account?: string; readonly region: string },
  text: Placeholders,
): string => text.replaceAll('{region}', region).replaceAll('{account}', account ?? '{account}')
