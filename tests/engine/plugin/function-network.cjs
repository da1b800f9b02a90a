// Loaded before each function that the engine starts (NODE_OPTIONS), so that nothing leaves this machine.
// The name of a load balancer resolves to a private address when the deployed one is internal, else to a public one.
// Calls to AWS, among them those to the API's regional name, are sent to the engine by the engine itself; other names
// are refused.
const dns = require('node:dns')
const { resolve4 } = require('node:dns/promises')

const engine = `http://127.0.0.1:${process.env.GATEWAY_PORT}`
const unknown = (name) => Object.assign(new Error(`queryA ENOTFOUND ${name}`), { code: 'ENOTFOUND' })

async function loadBalancer(name) {
  const scope = `test/20260101/${process.env.AWS_REGION}/elasticloadbalancing/aws4_request`
  const reply = await fetch(engine, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: 'Action=DescribeLoadBalancers&Version=2015-12-01',
  })
  return (await reply.text()).split('</member>').find((text) => text.includes(`<DNSName>${name}</DNSName>`))
}

dns.promises.resolve4 = async (name) => {
  const found = await loadBalancer(name)
  if (!found) throw unknown(name)
  return [found.includes('<Scheme>internal</Scheme>') ? '10.20.32.10' : '203.0.113.10']
}
dns.promises.resolve6 = async (name) => {
  throw unknown(name)
}
if (require('node:dns/promises').resolve4 === resolve4) throw new Error('the lookup of names could not be replaced')

const lookup = dns.lookup
dns.lookup = (name, options, callback) => {
  const done = callback ?? options
  if (name === 'localhost' || name === '127.0.0.1') lookup(name, options, callback)
  else process.nextTick(() => done(unknown(name)))
}
