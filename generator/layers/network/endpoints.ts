import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { arn, sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import {
  EndpointSecurityGroup,
  interfaceEndpoint,
  privateRouteTable,
  privateSubnet,
  S3Endpoint,
  Vpc,
} from '../handles.ts'
import { closedGroup } from '../security-group.ts'
import { zones } from '../zones.ts'

/** What tasks need of AWS, reached without any way to the internet. */
export const endpoints = (model: Model): Fragment => merge(imageLayers(model), interfaceEndpoints(model))

const imageLayers = (model: Model): Fragment =>
  fragment(
    resource(
      S3Endpoint,
      {
        VpcId: ref(Vpc),
        VpcEndpointType: 'Gateway',
        ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
        RouteTableIds: zones(model).map((zone) => ref(privateRouteTable(zone))),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'ImageLayersOnly',
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:GetObject',
              Resource: arn('s3', '', '', 'prod-${AWS::Region}-starport-layer-bucket/*'),
            },
          ],
        },
      },
      { why: 'Image layers come from S3; the policy lets nothing else through, so this is no way to carry data out.' },
    ),
  )

const interfaceEndpoints = (model: Model): Fragment =>
  fragment(
    closedGroup(EndpointSecurityGroup, 'Interface endpoints', 'endpoints'),
    ...(model.network.egress.kind === 'endpoints' ? model.network.egress.interfaceEndpoints : []).map((name) =>
      resource(interfaceEndpoint(name), {
        VpcId: ref(Vpc),
        VpcEndpointType: 'Interface',
        ServiceName: sub(`com.amazonaws.\${AWS::Region}.${name}`),
        PrivateDnsEnabled: true,
        SubnetIds: zones(model).map((zone) => ref(privateSubnet(zone))),
        SecurityGroupIds: [ref(EndpointSecurityGroup)],
      }),
    ),
  )
