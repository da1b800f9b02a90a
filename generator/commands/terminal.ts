/** What a command may touch of the process. stdout carries the result, stderr everything else. */
export type Terminal = {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Where relative paths start. */
  readonly folder: string
  readonly version: string
  /** A person can be asked. */
  readonly interactive: boolean
  readonly color: boolean
}
