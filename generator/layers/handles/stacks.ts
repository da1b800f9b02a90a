/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { Job } from '../../model/job/job.ts'
import type { Running } from '../../model/service/running.ts'
import type { Worker } from '../../model/service/worker.ts'

/** The nested stack of each layer. */
export const CustomResourcesStack = handle('AWS::CloudFormation::Stack', 'CustomResourcesStack')
export const NetworkStack = handle('AWS::CloudFormation::Stack', 'NetworkStack')
export const CertificateStack = handle('AWS::CloudFormation::Stack', 'CertificateStack')
export const LoadBalancerStack = handle('AWS::CloudFormation::Stack', 'LoadBalancerStack')
export const ClusterStack = handle('AWS::CloudFormation::Stack', 'ClusterStack')
export const serviceStack = ({ id }: Pick<Running, 'id'>) => handle('AWS::CloudFormation::Stack', `${id}ServiceStack`)
export const workerStack = ({ id }: Worker) => handle('AWS::CloudFormation::Stack', `${id}WorkerStack`)
export const jobStack = ({ id }: Job) => handle('AWS::CloudFormation::Stack', `${id}JobStack`)
export const OverridesStack = handle('AWS::CloudFormation::Stack', 'OverridesStack')
export const ApiStack = handle('AWS::CloudFormation::Stack', 'ApiStack')
