import { isPrivateEcr } from '../../aws/images.ts'
import { valueAt } from '../../model/delivery/targets.ts'
import { meaningOf } from '../../model/parameters/parameter.ts'
import { sectionOf, writtenTasks, writtenValues } from '../../model/task/written.ts'
import { tasks } from '../../model/tasks.ts'
import type { Finding, Path, Rule } from '../rule.ts'

const fromEcr = (path: Path): Finding => ({
  path,
  at: 'key',
  message: 'the image is pulled from ECR, with the rights of the execution role',
  remedy: 'remove the key, or name an image of the registry that asks for them',
})

export const credentialsOfRegistry: Rule = {
  id: 'PC435',
  title: 'Credentials of a registry stand beside an image of a registry outside ECR',
  why: 'ECR asks for rights instead of a password, and the template of all environments says whether there are credentials',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html',
  check: (model, config) => {
    const images = new Map(
      tasks(model).map(({ kind, key, parameters: { image } }) => [
        `${sectionOf(kind)}.${key}`,
        [meaningOf(image), ...model.targets.map((target) => valueAt(target, image))],
      ]),
    )
    const written = writtenTasks(config)
    const idle = written.flatMap(({ at, task }) => [
      ...(task.registryCredentials !== undefined && images.get(at.join('.'))?.every((each = '') => isPrivateEcr(each))
        ? [fromEcr([...at, 'registryCredentials'])]
        : []),
      ...Object.entries(task.sidecars)
        .filter(([, { image, registryCredentials }]) => registryCredentials !== undefined && isPrivateEcr(image))
        .map(([name]) => fromEcr([...at, 'sidecars', name, 'registryCredentials'])),
    ])
    const without = new Set(
      written.filter(({ task }) => task.registryCredentials === undefined).map(({ at }) => at.join('.')),
    )
    const onlyThere = writtenValues(config)
      .filter(({ of, values }) => values.registryCredentials !== undefined && without.has(of.join('.')))
      .map(
        ({ at, of }): Finding => ({
          path: [...at, 'registryCredentials'],
          at: 'key',
          message: `${of.join('.')} has no credentials that could differ here`,
          remedy: `add registryCredentials to ${of.join('.')}, or remove it here`,
        }),
      )
    return [...idle, ...onlyThere]
  },
}
