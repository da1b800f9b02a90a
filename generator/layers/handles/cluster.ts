/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const Cluster = handle('AWS::ECS::Cluster', 'Cluster')
/** Ends like no resource of a service, whose names are free. */
export const ExecSessionLogs = handle('AWS::Logs::LogGroup', 'ExecSessionLogs')
export const ServiceNamespace = handle('AWS::ServiceDiscovery::HttpNamespace', 'ServiceNamespace')
