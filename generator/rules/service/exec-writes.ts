import { sortedEntries } from '../../model/names.ts'
import type { Finding, Rule } from '../rule.ts'

export const execWrites: Rule = {
  id: 'PC427',
  title: 'A service with ECS Exec has a root file system that can be written',
  why: 'the agent of ECS Exec creates its files and folders there',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html',
  check: (_, config) =>
    sortedEntries(config.services)
      .filter(([, { exec, readOnly }]) => exec && readOnly)
      .map(
        ([key]): Finding => ({
          path: ['services', key, 'exec'],
          also: ['services', key, 'readOnly'],
          message: 'ECS Exec does not work with a read-only root file system',
          remedy: 'remove exec or readOnly',
        }),
      ),
}
