/** What goes to the terminal, without its own control characters. */
export { visibleLines } from '../../verifier/report/visible.ts'
