import { type EcrRepository, ecrRepository } from '../../aws/images.ts'
import { arn, param, select, split, sub } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { Task } from '../../model/task/task.ts'
import { ifGiven } from '../parameters.ts'

/** The repositories of a task's images. With a way to the internet, these may be of any region, or of a registry that IAM does not know. */
export const pulledFrom = ({ parameters, sidecars, privateImages }: Task): Value<string> | readonly Value<string>[] =>
  privateImages ? [ofParameter(parameters.image), ...beside(sidecars)] : arn('ecr', '*', '*', 'repository/*')

/** Each once, though their tags may differ. */
const beside = (sidecars: Task['sidecars']): Value<string>[] => {
  const repositories = sidecars.map(({ image }) => ecrRepository(image))
  return [...new Map(repositories.map((each) => [`${each.registry}/${each.name}`, named(each)])).values()]
}

const ofParameter = (image: Parameter): Value<string> =>
  image.empty?.means === 'text' ? ifGiven(image, given(image), named(ecrRepository(image.empty.text))) : given(image)

/** Endpoints lead to their own region only; the registry may be of another account. */
const named = ({ registry, name }: EcrRepository): Value<string> =>
  arn('ecr', '${AWS::Region}', registry, `repository/${name}`)

/** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`, and a tag, a digest, or both. */
const given = ({ name }: Parameter): Value<string> =>
  sub('arn:${AWS::Partition}:ecr:${AWS::Region}:${Registry}:repository/${Name}', {
    Registry: select(0, split('.', param(name))),
    Name: select(1, split('.amazonaws.com/', select(0, split('@', select(0, split(':', param(name))))))),
  })
