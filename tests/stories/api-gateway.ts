import type { GetVpcLinkResponse } from '@aws-sdk/client-apigatewayv2'
import type { Clients } from '../../custom-resources/waiter/clients.ts'
import { type Aws, type Caller, FakeAwsError } from './aws.ts'

type Moment = { readonly at: number; readonly status: GetVpcLinkResponse['VpcLinkStatus']; readonly message?: string }

export class FakeApiGateway {
  readonly aws: Aws
  readonly partition: string
  /** The statuses of each link, each from its moment on. */
  readonly links = new Map<string, readonly Moment[]>()

  constructor(aws: Aws, partition: string) {
    this.aws = aws
    this.partition = partition
  }

  client(region: string, who: Caller): ReturnType<Clients['apigateway']> {
    return {
      getVpcLink: this.aws.operation(
        'apigateway',
        'GetVpcLink',
        async () => who,
        ({ VpcLinkId }) => [
          {
            action: 'apigateway:GET',
            resource: `arn:${this.partition}:apigateway:${region}::/vpclinks/${VpcLinkId}`,
            context: {},
          },
        ],
        ({ VpcLinkId = '' }) => {
          const now = this.links
            .get(VpcLinkId)
            ?.filter(({ at }) => this.aws.clock.now() >= at)
            .at(-1)
          if (!now) throw new FakeAwsError('NotFoundException', `Unable to find Vpc Link with id ${VpcLinkId}`, 404)
          return { VpcLinkId, VpcLinkStatus: now.status, VpcLinkStatusMessage: now.message } as GetVpcLinkResponse
        },
      ),
    }
  }
}
