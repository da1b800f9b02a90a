import { unique } from '../names.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Named } from '../parameters/task.ts'
import { variableParameter } from '../parameters/variable.ts'

/** A variable of a container; with a parameter where environments give it values of their own. */
export type Variable = { readonly name: string; readonly value: string; readonly parameter?: Parameter }

type Written = Readonly<Record<string, string | number | boolean>>

/** Those that some environment gives another value, also such as the service itself does not have. */
type Varied = { readonly named: Named; readonly names: ReadonlySet<string> }

export const variablesOf = (written: Written, varied?: Varied): Variable[] =>
  unique([...Object.keys(written), ...(varied?.names ?? [])]).map((name) => {
    const own = Object.hasOwn(written, name) ? String(written[name]) : undefined
    return {
      name,
      value: own ?? '',
      ...(varied?.names.has(name) ? { parameter: variableParameter(varied.named, name, own) } : {}),
    }
  })
