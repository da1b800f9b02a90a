/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const Cluster = handle('AWS::ECS::Cluster', 'Cluster')
