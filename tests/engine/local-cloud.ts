// What `npm run test:e2e` and `npm run demo` deploy to: ministack with the plug-in, an identity provider, and a real
// process for each image. docs/local-deployment.md says what is the engine's and what is ours.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { repository } from '../lint/python.ts'
import { freePort } from './free-port.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startMinistack } from './ministack.ts'
import type { SamResult } from './sam.ts'
import { startSam } from './sam-server.ts'
import { hangsAfter, type ServerProcess, startServer } from './server-process.ts'

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Inventory = Readonly<Record<string, number>>

export type LocalCloud = Awaited<ReturnType<typeof startLocalCloud>>

const region = 'eu-west-1'
// Not next to this file: `npm run demo` bundles it.
const engineFolder = join(repository, 'tests', 'engine')

/** Names account, region and service to the engine, which checks no signature. */
const signed = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`

export async function startLocalCloud() {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-local-'))
  const imagesFile = join(folder, 'images.json')
  const programsFile = join(folder, 'programs.json')
  for (const file of [imagesFile, programsFile]) writeFileSync(file, '{}')
  const server = startSam()
  const provider = await startIdentityProvider(folder)
  const engine = await startMinistack({
    script: join(engineFolder, 'plugin', 'start.py'),
    env: {
      PORTCULLIS_IMAGES: imagesFile,
      PORTCULLIS_PROGRAMS: programsFile,
      // A job that is tried again waits for a minute first.
      SFN_WAIT_SCALE: '0.05',
      SSL_CERT_FILE: provider.certificateFile,
      // The functions find the AWS SDK, which Lambda brings along, in the repository.
      NODE_PATH: join(repository, 'node_modules'),
      NODE_OPTIONS: `--require=${join(engineFolder, 'plugin', 'function-network.cjs')}`,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: engineFolder,
    },
  })
  const apps: ServerProcess[] = []
  const images: Record<string, number> = {}

  /** From now on, a process with this name represents the image. */
  async function runImage(image: string, name: string): Promise<void> {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const args = [join(engineFolder, 'app.mjs'), name, String(port)]
    apps.push(
      await startServer({ name, command: process.execPath, args, env: process.env, cwd: folder, url, readyPath: '/' }),
    )
    images[image] = port
    writeFileSync(imagesFile, JSON.stringify(images))
  }

  /** From now on, tasks with these images run a program of program.mjs, each as its command says. */
  function runPrograms(...images: readonly string[]): void {
    const command = [process.execPath, join(engineFolder, 'program.mjs')]
    writeFileSync(programsFile, JSON.stringify(Object.fromEntries(images.map((image) => [image, command]))))
  }

  /** A call of a query API of the engine (with a body), or of a REST API. */
  async function call(service: string, path: string, body?: Readonly<Record<string, string>>): Promise<string> {
    const reply = await fetch(engine.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: signed(service) },
      ...(body && { body: new URLSearchParams(body) }),
    })
    return reply.text()
  }

  /** Makes something by a REST API of the engine. */
  async function post(service: string, path: string, body: object): Promise<void> {
    const reply = await fetch(engine.url + path, {
      method: 'POST',
      headers: { authorization: signed(service), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
  }

  /** A request as a client of the domain sends it; without TLS, because the engine's gateway has none. */
  function ask(
    domain: string,
    line: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): Promise<Reply> {
    const [method, path] = line.split(' ')
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(engine.url)
      request({ hostname, port, method, path, headers: { host: domain, ...headers }, agent: false }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
      })
        .on('error', reject)
        .end(body)
    })
  }

  /** The real `sam`; the folder is where a user would run it. */
  function runSam(cwd: string, args: readonly string[]): Promise<SamResult> {
    return server.sam(args, {
      cwd,
      env: { AWS_ENDPOINT_URL: engine.url, AWS_DEFAULT_REGION: region, SAM_CLI_POLL_DELAY: '0.5' },
    })
  }

  async function createZone(name: string): Promise<string> {
    const reply = await fetch(`${engine.url}/2013-04-01/hostedzone`, {
      method: 'POST',
      headers: { authorization: signed('route53'), 'content-type': 'text/xml' },
      body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${Date.now()}</CallerReference></CreateHostedZoneRequest>`,
    })
    const id = /<Id>\/hostedzone\/([A-Z0-9]+)<\/Id>/.exec(await reply.text())?.[1]
    if (!id) throw new Error(`no hosted zone ${name}`)
    return id
  }

  /** Where the A record of a name leads. */
  async function resolve(zoneId: string, name: string): Promise<string> {
    const text = await call('route53', `/2013-04-01/hostedzone/${zoneId}/rrset`)
    const record = text.split('</ResourceRecordSet>').find((each) => each.includes(`<Name>${name}.</Name>`)) ?? ''
    const found = /<DNSName>([^<]+?)\.?<\/DNSName>/.exec(record)?.[1]
    if (found === undefined) throw new Error(`no record of ${name}: ${text}`)
    return found
  }

  /** A custom domain that no stack has. */
  async function createDomain(domainName: string): Promise<void> {
    const domainNameConfigurations = [{ endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' }]
    await post('apigateway', '/v2/domainnames', { domainName, domainNameConfigurations })
  }

  /** One more route at an API, which leads where another one does. */
  async function addRoute(apiId: string, routeKey: string, like: string): Promise<void> {
    const routes = `/v2/apis/${apiId}/routes`
    const { items } = JSON.parse(await call('apigateway', routes))
    const { routeId: _, ...model } = items.find((each: { routeKey: string }) => each.routeKey === like)
    await post('apigateway', routes, { ...model, routeKey })
  }

  /** How many there are of what a deployment makes, as the engine's APIs tell. */
  async function inventory(): Promise<Inventory> {
    const query = (service: string, Action: string, Version: string) => call(service, '/', { Action, Version })
    const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0
    const json = async (path: string) => JSON.parse(await call('apigateway', path)).items.length
    const groups = await query('ec2', 'DescribeSecurityGroups', '2016-11-15')
    const ecs = await ecsInventory()
    return {
      loadBalancers: count(
        await query('elasticloadbalancing', 'DescribeLoadBalancers', '2015-12-01'),
        /<LoadBalancerArn>/g,
      ),
      targetGroups: count(
        await query('elasticloadbalancing', 'DescribeTargetGroups', '2015-12-01'),
        /<TargetGroupName>/g,
      ),
      apis: await json('/v2/apis'),
      domains: await json('/v2/domainnames'),
      securityGroups: count(groups, /<groupDescription>[^<]*rules are separate resources/g),
      functions: JSON.parse(await call('lambda', '/2015-03-31/functions')).Functions.length,
      roles: count(await query('iam', 'ListRoles', '2010-05-08'), /<RoleName>/g),
      ...ecs,
    }
  }

  async function ecsInventory() {
    const ask = async (action: string, body: Readonly<Record<string, unknown>>) => {
      const reply = await fetch(engine.url, {
        method: 'POST',
        headers: {
          authorization: signed('ecs'),
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AmazonEC2ContainerServiceV20141113.${action}`,
        },
        body: JSON.stringify(body),
      })
      return JSON.parse(await reply.text())
    }
    let services = 0
    let tasks = 0
    for (const cluster of (await ask('ListClusters', {})).clusterArns) {
      services += (await ask('ListServices', { cluster })).serviceArns.length
      tasks += (await ask('ListTasks', { cluster, desiredStatus: 'RUNNING' })).taskArns.length
    }
    return { services, tasks }
  }

  async function output(stack: string, name: string): Promise<string> {
    const text = await call('cloudformation', '/', {
      Action: 'DescribeStacks',
      StackName: stack,
      Version: '2010-05-15',
    })
    const value = new RegExp(`<OutputKey>${name}</OutputKey>\\s*<OutputValue>([^<]*)<`).exec(text)?.[1]
    if (value === undefined) throw new Error(`stack ${stack} has no output ${name}: ${text}`)
    return value
  }

  /** What `sam delete` asks for in the end. */
  async function deleteStack(StackName: string): Promise<void> {
    const version = { Version: '2010-05-15' }
    const reply = await call('cloudformation', '/', { Action: 'DeleteStack', StackName, ...version })
    const refusal = /<Message>([^<]*)</.exec(reply)?.[1]
    if (refusal !== undefined) throw new Error(refusal)
    const deadline = Date.now() + hangsAfter
    for (;;) {
      const text = await call('cloudformation', '/', { Action: 'DescribeStacks', StackName, ...version })
      const status = /<StackStatus>(\w+)</.exec(text)?.[1] ?? 'DELETE_COMPLETE'
      if (status === 'DELETE_COMPLETE') return
      if (status === 'DELETE_FAILED' || Date.now() > deadline) throw new Error(`${StackName} is ${status}: ${text}`)
      await sleep(200)
    }
  }

  /** Takes out the rule of a security group that has this description. */
  async function revokeIngress(description: string): Promise<void> {
    const rules = await call('ec2', '/', { Action: 'DescribeSecurityGroupRules', Version: '2016-11-15' })
    const rule = rules.split('<item>').find((text) => text.includes(`<description>${description}</description>`)) ?? ''
    const [SecurityGroupRuleId1, GroupId] = [/>(sgr-\w+)</, /<groupId>(sg-\w+)</].map((form) => form.exec(rule)?.[1])
    if (!SecurityGroupRuleId1 || !GroupId) throw new Error(`no rule "${description}": ${rules}`)
    await call('ec2', '/', {
      Action: 'RevokeSecurityGroupIngress',
      GroupId,
      'SecurityGroupRuleId.1': SecurityGroupRuleId1,
      Version: '2016-11-15',
    })
  }

  async function deleteListeners(): Promise<void> {
    const version = { Version: '2015-12-01' }
    const balancers = await call('elasticloadbalancing', '/', { Action: 'DescribeLoadBalancers', ...version })
    for (const [, LoadBalancerArn = ''] of balancers.matchAll(/<LoadBalancerArn>([^<]+)</g)) {
      const listeners = await call('elasticloadbalancing', '/', {
        Action: 'DescribeListeners',
        LoadBalancerArn,
        ...version,
      })
      for (const [, ListenerArn = ''] of listeners.matchAll(/<ListenerArn>([^<]+)</g))
        await call('elasticloadbalancing', '/', { Action: 'DeleteListener', ListenerArn, ...version })
    }
  }

  /** Waits until the engine has printed this; what it prints arrives a little after its answer. */
  async function logged(text: RegExp): Promise<void> {
    const deadline = Date.now() + hangsAfter
    while (!text.test(engine.log())) {
      if (Date.now() > deadline) throw new Error(`the engine did not print ${text}:\n${engine.log().slice(-3000)}`)
      await sleep(50)
    }
  }

  async function stop(): Promise<void> {
    provider.stop()
    server.stop()
    await Promise.all([engine.stop(), ...apps.map((app) => app.stop())])
    rmSync(folder, { recursive: true, force: true })
  }

  const nothing = await inventory()
  return {
    url: engine.url,
    log: engine.log,
    logged,
    region,
    folder,
    provider,
    runImage,
    runPrograms,
    call,
    ask,
    runSam,
    createZone,
    createDomain,
    addRoute,
    resolve,
    inventory,
    /** The inventory before anything was deployed. */
    nothing,
    output,
    deleteStack,
    revokeIngress,
    deleteListeners,
    stop,
  }
}
