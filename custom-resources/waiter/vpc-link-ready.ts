import { send } from '../runtime/aws.ts'
import { Failure, isNotFound } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import { count, parse, text } from '../runtime/properties.ts'
import type { Resource } from '../runtime/task.ts'
import type { Clients } from './clients.ts'
import { patience } from './patience.ts'

//! ---- Custom::PortcullisVpcLinkReady: waits until the VPC link can carry requests; reads only ----

const shape = {
  VpcLinkId: text(/^[\w-]{1,64}$/),
  BudgetSeconds: count(1, 3600, 840),
  Revision: text(/^[\w.-]{1,128}$/, '-'),
}

export const vpcLinkReady = (clients: Pick<Clients, 'apigateway'>): Resource => ({
  async apply(task) {
    const { VpcLinkId, BudgetSeconds } = parse(task.event.ResourceProperties, shape)
    task.physicalId = `portcullis:vpclink:${VpcLinkId}`
    const apigateway = clients.apigateway(task.here.region)
    const what = `VPC link ${VpcLinkId}`
    let last = 'not found'
    const ready = await poll(task, patience(task, 5000, BudgetSeconds), async () => {
      const link = await send(task, apigateway, 'getVpcLink', { VpcLinkId })
      const { VpcLinkStatus: status = 'PENDING', VpcLinkStatusMessage: message = 'no message' } = link
      last = `${status} (${message})`
      if (status === 'FAILED' || status === 'DELETING')
        throw new Failure('state', `${what} is ${last} - look at its subnets and security groups, then recreate it`)
      //! An INACTIVE link (no traffic for 60 days) is revived by traffic only; waiting for it would never end.
      if (status === 'INACTIVE')
        task.log('vpc link', { status: 'INACTIVE: the first requests will fail until it is revived' }, 'warn')
      return status === 'PENDING' ? undefined : status
    }).catch((error) => {
      if (!isNotFound(error)) throw error
      throw new Failure(
        'config',
        `${what} does not exist in ${task.here.region} - is it a link of a REST API (V1)? give the id of a link of HTTP APIs (V2)`,
      )
    })
    if (!ready)
      throw new Failure(
        'deadline',
        `${what} is still ${last} after ${BudgetSeconds} s - are its subnets in zones that support links, and have they free addresses?`,
      )
    return { VpcLinkId, Status: ready }
  },
})
