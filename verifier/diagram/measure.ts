/** How wide a text is, whatever sans-serif font shows it: a little wider than in the widest of the usual ones. */

/** In parts of the size of the font. */
const classes: readonly (readonly [RegExp, number])[] = [
  [/[ijl|'!,.:;]/, 0.36],
  [/[ft()[\]{}r/\\-]/, 0.43],
  [/[mwMW@%]/, 0.98],
  [/[A-Z&#$+<=>~_]/, 0.76],
  [/[ -~]/, 0.64],
]

const widthOf = (character: string): number => classes.find(([pattern]) => pattern.test(character))?.[1] ?? 1.1

export const measured = (text: string, size: number, isBold = false): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * size * (isBold ? 1.1 : 1)

/** The text, or as much of it as there is room for. */
export function fitted(text: string, size: number, room: number, isBold = false): string {
  if (measured(text, size, isBold) <= room) return text
  const characters = [...text]
  while (characters.length > 1 && measured(`${characters.join('')}…`, size, isBold) > room) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** Words in lines; a word that is too long for one is cut. */
export function broken(text: string, size: number, room: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && measured(longer, size) <= room) lines[lines.length - 1] = longer
    else lines.push(fitted(word, size, room))
  }
  return lines
}
