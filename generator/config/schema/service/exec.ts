import * as z from 'zod'

export const exec = z
  .boolean()
  .default(false)
  .describe(
    'Let people with the right ecs:ExecuteCommand open a shell in the tasks (ECS Exec), as root, whatever user says. What they do is logged. The verdict declares it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html',
  )
