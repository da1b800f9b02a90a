/**
 * Texts of templates, file names and the command line may hold characters that a terminal obeys or that turn the
 * order of what is shown around. They are printed as escapes, https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const hiddenInLines = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** Most texts hold nothing else, and to compile what Unicode hides takes longer than to print a report. */
const plain = /^[ -~]*$/
const plainLines = /^[\t\n -~]*$/

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')

/** A text that stays on its line. */
export const visible = (text: string): string => (plain.test(text) ? text : text.replace(hidden, escaped))

/** A text whose line breaks and tabs are its layout. */
export const visibleLines = (text: string): string =>
  plainLines.test(text) ? text : text.replace(hiddenInLines, escaped)

/** JSON without a raw character that is not seen; it says the same. */
export const visibleJson = (value: unknown): string => visibleLines(JSON.stringify(value, null, 2))

/** Every text inside, keys of maps included. */
export function visibleTexts<T>(value: T): T {
  return (
    typeof value === 'string'
      ? visible(value)
      : Array.isArray(value)
        ? value.map(visibleTexts)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([key, each]) => [visible(key), visibleTexts(each)]))
          : value
  ) as T
}
