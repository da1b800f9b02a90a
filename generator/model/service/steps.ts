/** From so many messages on (inclusive), so many tasks. */
export type Step = { readonly from: number; readonly tasks: number }

/** ECS runs no more tasks in a service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MOST_TASKS = 5000

/**
 * Numbers of tasks that a queue can ask for, ever further apart. With none at all before them and as many as are allowed
 * after them they are 20, the quota for a policy:
 * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-limits.html
 */
const LADDER = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150] as const

/**
 * Enough tasks that none has more than its messages before it. The last step asks for more than there can be: scaling
 * goes as far as the maximum that then holds, which a parameter or a schedule may have set.
 */
export const stepsOf = (messagesPerTask: number, max: number): Step[] => {
  const below = LADDER.filter((tasks) => tasks < max)
  return [
    { from: 0, tasks: 0 },
    ...[...below, MOST_TASKS].map((tasks, index) => ({ from: 1 + messagesPerTask * (below[index - 1] ?? 0), tasks })),
  ]
}
