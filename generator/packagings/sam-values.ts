/** Values as SAM CLI reads them from samconfig.toml (samcli/cli/types.py, CfnParameterOverridesType). */

/**
 * An item of `parameter_overrides` or `tags`. Text is split as a shell would, so a value is always quoted; what quoted
 * text cannot hold stands in a table.
 */
export const override = ([name, value]: readonly [string, string]): string =>
  value.includes('\\') || value.includes('ParameterKey=')
    ? `{ ${name} = ${text(unread(value))} }`
    : text(`${name}="${value.replaceAll('"', '\\"')}"`)

/** SAM CLI takes a backslash before a quote or a blank away, and quotes around the whole value too. */
const unread = (value: string): string => {
  const escaped = value.replace(/\\(?=[ "'])/g, '\\\\')
  return /^(["']).*\1$|^["']$/s.test(escaped) ? `"${escaped}"` : escaped
}

/** A TOML basic string. JSON's escapes are TOML's too. */
export const text = (value: string): string => JSON.stringify(value)
