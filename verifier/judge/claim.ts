/** What a claim is: its names, what it is about, and how it is judged. */
import type { Resource } from '../resolve/program.ts'
import type { Judgement } from './judgement.ts'

export type Claim = {
  readonly id: string
  /** One sentence that says what is claimed. */
  readonly title: string
  /** What it is judged for, as it is said after "for". */
  readonly about: string
  /** What is judged, in a few sentences. */
  readonly text: string
  /** Types of its targets; 'templates' when it is about the templates as a whole. */
  readonly targets: readonly string[] | 'templates'
  /** Judges one target in one world; false when the claim is not about this target. */
  readonly judge: (judgement: Judgement, target: Resource) => boolean
}

export type TemplatesClaim = Omit<Claim, 'targets' | 'judge'> & {
  readonly targets: 'templates'
  readonly judge: (judgement: Judgement) => boolean
}
