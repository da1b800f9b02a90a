/** A flag as a shell takes it: what is printed can be pasted. */

/** `=` at the start would be a command to zsh. */
const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** `--assume '${Net}-Group.ingress=none'`; quotes only where they are needed. */
export function quoted(flag: string, value: string): string {
  // A value that looks like a flag must not stand alone.
  return `${flag}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`
}

export function shellWord(value: string): string {
  if (plain.test(value)) return value
  if (hidden.test(value)) return ansiC(value)
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** What cannot be seen is written as bytes, for shells with `$'...'`, https://austingroupbugs.net/view.php?id=249 */
function ansiC(value: string): string {
  const bytes = [...new TextEncoder().encode(value)]
  const isSafe = (byte: number): boolean => byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c
  return `$'${bytes.map((byte) => (isSafe(byte) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join('')}'`
}
