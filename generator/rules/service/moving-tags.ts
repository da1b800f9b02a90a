import { hasMovingTag } from '../../aws/moving-tag.ts'
import { isPlaceholder } from '../../config/placeholders.ts'
import { writtenContainers, writtenValues } from '../../model/task/written.ts'
import type { Rule } from '../rule.ts'

export const movingTags: Rule = {
  id: 'PC472',
  severity: 'warning',
  title: 'The tag of an image is never used for another one',
  why: 'CloudFormation does not notice that a tag such as latest has moved, so nothing is deployed; and a task that is started later runs other code than those beside it, and nothing can be rolled back',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  check: (_, config) =>
    [
      ...writtenContainers(config).map(({ at, container: { image } }) => ({ path: [...at, 'image'], image })),
      ...writtenValues(config).map(({ at, values: { image } }) => ({ path: [...at, 'image'], image })),
    ].flatMap(({ path, image }) =>
      image === undefined || isPlaceholder(image) || !hasMovingTag(image)
        ? []
        : [
            {
              path,
              message: `"${image}" names whatever image was pushed last`,
              remedy: `write the tag of one build, such as ${image.replace(/:latest$/, '')}:1.4.2; in CI, generate --set ${path.join('.')}=REF`,
            },
          ],
    ),
}
