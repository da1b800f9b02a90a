import { CPU_SIZES, MEMORY_SIZES } from '../../aws/fargate-sizes.ts'
import { imageInTemplate } from '../../aws/images.ts'
import { KEY_ARN } from '../../aws/patterns.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sectionOf, type WrittenTask } from '../task/written.ts'
import { defaultOrText, type Parameter } from './parameter.ts'

export type TaskParameters = Readonly<Record<'image' | 'cpu' | 'memory', Parameter>>

export type Named = { readonly kind: 'Service' | 'Job'; readonly key: string; readonly id: string }

/** `internet`: whether tasks have a way to registries other than private ECR. */
export const taskParameters = (
  named: Named,
  { image, cpu, memory }: Pick<WrittenTask, 'image' | 'cpu' | 'memory'>,
  internet: boolean,
): TaskParameters => ({
  image: imageOf(named, image, internet),
  cpu: {
    ...ofTask(named, 'Cpu', ['cpu']),
    type: 'String',
    default: String(cpu),
    label: 'CPU units per task',
    description:
      'CPU units of a task; 1024 units are one vCPU. Not every memory size is available with every CPU size.',
    allowedValues: CPU_SIZES.map(String),
    constraintDescription: 'must be a CPU size that Fargate offers',
  },
  memory: {
    ...ofTask(named, 'Memory', ['memory']),
    type: 'String',
    default: String(memory),
    label: 'Memory per task (MiB)',
    description: 'Memory of a task in MiB. Not every memory size is available with every CPU size.',
    allowedValues: MEMORY_SIZES.map(String),
    constraintDescription: 'must be a memory size that Fargate offers',
  },
})

/** Image layers come through the S3 endpoint of the region, so an image of another region is out of reach. */
const imageOf = (named: Named, image: string, internet: boolean): Parameter => ({
  ...ofTask(named, 'Image', ['image']),
  scope: ['region'],
  followRegion: 'write {region} in the host of the image',
  type: 'String',
  label: 'Container image',
  ...defaultOrText(
    image,
    imageInTemplate(!internet),
    `Image of the ${named.kind.toLowerCase()} ${named.key}, ${
      internet
        ? 'with registry, repository and tag'
        : 'from a private ECR repository in the region of the deployment, because the tasks have no internet route'
    }.`,
  ),
  maxLength: 512,
  constraintDescription: internet
    ? 'must be a container image, such as registry/repository:tag'
    : 'must be an image of a private ECR repository, such as 111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2',
})

/** A key may be of another account, but never of another region: secrets are decrypted where they are kept. */
export const secretsKeyArn = (named: Named, arn: string): Parameter => ({
  ...ofTask(named, 'SecretsKeyArn', ['secretsKey']),
  scope: ['region'],
  followRegion: 'write {region} in the ARN, if it is a multi-Region key',
  type: 'String',
  label: 'Key of the secrets',
  ...defaultOrText(arn, KEY_ARN, `KMS key that the secrets of ${named.key} are encrypted with.`),
  constraintDescription:
    'must be the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/12345678-90ab-cdef-1234-567890abcdef',
})

/** What all parameters of a task share. */
export const ofTask = ({ kind: what, key, id }: Named, kind: string, from: Path) => ({
  name: `${id}${kind}`,
  family: `<${what}>${kind}`,
  from: [sectionOf(what), key, ...from],
  scope: [],
  group: `${what} ${key}`,
})
