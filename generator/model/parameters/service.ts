import type { Config } from '../../config/schema/index.ts'
import type { Parameter } from './parameter.ts'
import { ofTask, type TaskParameters } from './task.ts'

export type ServiceParameters = TaskParameters & Readonly<Record<'minTasks' | 'maxTasks', Parameter>>

export const taskCounts = (
  named: { readonly key: string; readonly id: string },
  { min, max }: Config['services'][string]['scale'],
): Omit<ServiceParameters, keyof TaskParameters> => ({
  minTasks: {
    ...ofTask(named, 'MinTasks', ['scale', 'min']),
    ...tasks('Minimum', min, 'Number of tasks that always run.'),
  },
  maxTasks: {
    ...ofTask(named, 'MaxTasks', ['scale', 'max']),
    ...tasks('Maximum', max, 'Number of tasks that scaling never exceeds; must not be less than the minimum.'),
  },
})

const tasks = (limit: 'Minimum' | 'Maximum', count: number, description: string) => ({
  type: 'Number' as const,
  default: String(count),
  label: `${limit} tasks`,
  description,
  minValue: 1,
  maxValue: 5000,
  constraintDescription: 'must be a whole number from 1 to 5000',
})
