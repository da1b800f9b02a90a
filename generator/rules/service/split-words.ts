import { flow } from '../../config/flow.ts'
import { asWords } from '../../config/words.ts'
import { sortedEntries } from '../../model/names.ts'
import { writtenTasks } from '../../model/task/written.ts'
import type { Rule } from '../rule.ts'

export const splitWords: Rule = {
  id: 'PC473',
  severity: 'warning',
  title: 'A program and its arguments are entries of their own',
  why: 'no shell splits a command, so an entry with spaces is taken for the name of one program',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html',
  check: (_, config) =>
    writtenTasks(config)
      .flatMap(({ at, task }) => [
        // With an entrypoint, its arguments, of which one may well have spaces.
        ...(task.entrypoint === undefined ? [{ path: [...at, 'command'], words: task.command }] : []),
        { path: [...at, 'entrypoint'], words: task.entrypoint },
        ...(task.entrypoint === undefined ? [{ path: [...at, 'init', 'command'], words: task.init?.command }] : []),
        ...sortedEntries(task.sidecars).map(([name, { command }]) => ({
          path: [...at, 'sidecars', name, 'command'],
          words: command,
        })),
      ])
      .flatMap(({ path, words: [first = '', ...rest] = [] }) =>
        rest.length > 0 || !/\S\s+\S/.test(first)
          ? []
          : [
              {
                path,
                message: `${flow([first])} is the name of one program`,
                remedy: `write ${flow(asWords(first))}; if the ENTRYPOINT of the image is a shell, nothing is to be done`,
              },
            ],
      ),
}
