/** A value as YAML on one line, for examples in errors and docs. */
export const flow = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => `${flow(key)}: ${flow(entry)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  if (typeof value !== 'string') return String(value)
  const plain =
    /^[A-Za-z/](?:[\w ./@*{}+-]|:(?=\S))*$/.test(value) &&
    !/[{},[\]]/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
  return plain && !value.endsWith(' ') ? value : JSON.stringify(value)
}
