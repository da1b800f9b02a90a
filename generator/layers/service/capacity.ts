import type { Running } from '../../model/service/running.ts'

/**
 * On what the tasks run. ECS changes the strategy of a running service only when told to start a new deployment, and
 * CloudFormation tells it so when the nonce changes:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-forcenewdeployment.html
 */
export const capacity = ({ spot }: Running) =>
  spot === undefined
    ? { LaunchType: 'FARGATE' }
    : {
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE', Weight: 100 - spot },
          { CapacityProvider: 'FARGATE_SPOT', Weight: spot },
        ].filter(({ Weight }) => Weight > 0),
        ForceNewDeployment: { EnableForceNewDeployment: true, ForceNewDeploymentNonce: `spot-${spot}` },
      }
