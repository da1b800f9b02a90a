import { domainToASCII } from 'node:url'

//! ---- DNS names: one spelling ----

/** Lower case, ASCII, no dot at the end, `*` instead of Route 53's `\052`. */
export const plain = (name: string): string => {
  const text = name.replace('\\052', '*').replace(/\.$/, '')
  //! Only names with other letters need converting; underscores and asterisks pass as they are.
  return (/[^\x21-\x7e]/.test(text) ? domainToASCII(text) : text).toLowerCase()
}

/** Whether the name lies in the zone. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`)

export const dnsName = /^(\*\.)?[^\s*/:\\]{1,253}$/
export const zoneId = /^(\/hostedzone\/)?Z[0-9A-Z]{1,31}$/
/** The id of a zone as it is in its ARN. */
export const bareId = (id: string): string => id.replace('/hostedzone/', '')
export const roleArn = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/
export const externalId = /^[\w+=,.@:/-]{2,1224}$/
