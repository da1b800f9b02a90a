/** The input cannot be read as a template; the command ends with exit code 3. */
export class UnreadableTemplate extends Error {
  readonly file: string
  readonly line: number
  readonly column: number
  constructor(file: string, line: number, column: number, message: string) {
    super(message)
    this.name = 'UnreadableTemplate'
    this.file = file
    this.line = line
    this.column = column
  }
}

/** Thrown inside the readers, where only the offset is known. */
export class Unreadable extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** A bound was reached: no other reader needs to try. */
export class TooMuch extends Unreadable {}
