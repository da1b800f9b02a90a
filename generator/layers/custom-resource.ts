/** How a template calls one of our functions: the resource, and the policy that it brings along. */
import { type CustomType, getAtt, type Handle, ref } from '../cfn/handle.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import { WaiterFunction, WaiterRole, WriterFunction, WriterRole } from './handles/custom-resources.ts'

declare module '../cfn/handle.ts' {
  interface CustomResources {
    'Custom::PortcullisCertificate': 'CertificateArn' | 'ValidationRecords'
    'Custom::PortcullisAliasRecord': 'Name'
    'Custom::PortcullisCertificateIssued': 'CertificateArn' | 'Status'
    'Custom::PortcullisVpcLinkReady': 'VpcLinkId' | 'Status'
    'Custom::PortcullisIsolationProbe': 'Status'
  }
}

/** Longest run of either function, in seconds; Lambda's own limit. */
export const functionTimeout = 900
/** CloudFormation gives up a minute after a function that died without an answer; unset it would wait an hour. */
const serviceTimeout = functionTimeout + 60
/**
 * A custom domain holds its certificate in use for up to 20 minutes after it is gone, longer than one run; Lambda sends
 * the delete once more, a minute later.
 */
const certificateTimeout = 2 * functionTimeout + 120

const functions = {
  'Custom::PortcullisCertificate': WriterFunction,
  'Custom::PortcullisAliasRecord': WriterFunction,
  'Custom::PortcullisCertificateIssued': WaiterFunction,
  'Custom::PortcullisVpcLinkReady': WaiterFunction,
  'Custom::PortcullisIsolationProbe': WaiterFunction,
} as const satisfies Record<CustomType, typeof WaiterFunction>

type Options = { readonly dependsOn?: readonly Handle[]; readonly why?: string }

export const customResource = <T extends CustomType>(
  target: Handle<T>,
  properties: Readonly<Record<string, unknown>>,
  options: Options = {},
): Entry =>
  resource<CustomType>(
    target,
    {
      ServiceToken: getAtt(functions[target.type], 'Arn'),
      ServiceTimeout: target.type === 'Custom::PortcullisCertificate' ? certificateTimeout : serviceTimeout,
      ...properties,
    },
    options,
  )

/**
 * What one custom resource may do, in the same template as the resource: only there is AWS::StackId the stack id that
 * the function sees. The custom resource depends on it, so that on deletion the right outlives the need.
 */
export const policyFor = (
  target: Handle<CustomType>,
  policy: Handle<'AWS::IAM::Policy'>,
  statements: readonly object[],
  why?: string,
): Entry =>
  resource(
    policy,
    {
      PolicyName: policy.id,
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
      Roles: [ref(functions[target.type] === WriterFunction ? WriterRole : WaiterRole)],
    },
    why ? { why } : {},
  )
