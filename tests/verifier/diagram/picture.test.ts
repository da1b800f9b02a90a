// What a picture says: the way in that trace goes, and in red what verify refutes; and that nothing in a template is more
// than text in it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { picture } from '../../../verifier/diagram/diagram.ts'
import { mermaid } from '../../../verifier/diagram/mermaid.ts'
import type { Picture } from '../../../verifier/diagram/picture.ts'
import { described, svg } from '../../../verifier/diagram/svg.ts'
import { type Request, requestOf } from '../../../verifier/trace/request.ts'
import { trace } from '../../../verifier/trace/trace.ts'
import { some } from '../../support/effort.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'
import { main, opened, pictureOf, pictures } from './pictures.ts'

const titleOf = ({ boxes }: Picture, id: string): string => boxes.find((box) => box.id === id)?.title ?? id
const edgesOf = (picture: Picture, kind: string) =>
  picture.edges
    .filter((edge) => edge.kind === kind)
    .map(({ from, to, label }) => `${titleOf(picture, from)} -> ${titleOf(picture, to)} ${label}`.trim())

describe('the main example', () => {
  const picture = pictureOf('templates/standalone.yaml', main)

  test('has the way in, hop by hop with its ports, and what tasks reach', () => {
    expect(edgesOf(picture, 'way-in')).toEqual([
      'Clients -> HttpApi TLS',
      'HttpApi -> VpcLink integration',
      'VpcLink -> LoadBalancer tcp/443',
      'LoadBalancer -> CatalogService tcp/8080',
      'LoadBalancer -> OrdersService tcp/8080',
    ])
    expect(edgesOf(picture, 'allowed')).toEqual([
      'CatalogService -> AWS services tcp/443',
      'OrdersService -> AWS services tcp/443',
    ])
    expect([...edgesOf(picture, 'forbidden'), ...edgesOf(picture, 'blocked')]).toEqual([])
  })

  test('stands in its network, with zones, subnets and groups; the gateway is outside', () => {
    expect(picture.frames).toMatchObject([
      {
        title: 'VPC Vpc',
        lines: ['10.20.0.0/16', 'no route out'],
        zones: [{ subnets: ['PrivateSubnet1'] }, { subnets: ['PrivateSubnet2'] }],
      },
    ])
    const framed = picture.boxes.filter(({ frame }) => frame === picture.frames[0]?.id).map(({ title }) => title)
    expect(framed).toEqual(['VpcLink', 'LoadBalancer', 'CatalogService', 'OrdersService', 'AWS services'])
    expect(picture.boxes.find(({ title }) => title === 'LoadBalancer')?.groups).toEqual(['LoadBalancerSecurityGroup'])
  })

  test('goes where trace goes', () => {
    for (const [path, service] of [
      ['/orders', 'OrdersService'],
      ['/catalog/1', 'CatalogService'],
    ]) {
      const { ways } = trace({
        templates: [{ path: 't', text: main }],
        readFile: () => undefined,
        request: requestOf(`GET ${path}`, new Map([['authorization', '...']])) as Request,
        now: 0,
      })
      expect(ways).toMatchObject([{ outcome: { is: 'reaches', target: service } }])
      expect(edgesOf(picture, 'way-in')).toContain(`LoadBalancer -> ${service} tcp/8080`)
    }
  })

  test('a rule that is missing blocks an edge, and nothing behind it is on the way in', () => {
    const template: Json = readTemplate(main)
    delete template.Resources.LoadBalancerIngressFromVpcLink
    const blocked = pictureOf('t.json', JSON.stringify(template))
    expect(edgesOf(blocked, 'blocked')).toEqual(['VpcLink -> LoadBalancer tcp/443, no rule'])
    expect(edgesOf(blocked, 'way-in')).toEqual([])
  })

  test('is the same each time', () => {
    expect(svg(pictureOf('templates/standalone.yaml', main))).toBe(svg(picture))
  })
})

test('targets that somebody else registers end the way in, where the command line says that there are some', () => {
  const path = 'examples/from-public/templates/standalone.yaml'
  const templates = [{ path, text: readFileSync(path, 'utf8') }]
  const input = { templates, readFile: () => undefined }
  const [group = ''] = Object.entries<Json>(readTemplate(templates[0]?.text ?? '').Resources)
    .filter(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::TargetGroup')
    .map(([id]) => id)
  expect(edgesOf(picture(input), 'way-in')).toEqual([])
  const assume = [{ name: group, facet: 'targets' as const, value: 'elsewhere' }]
  const declared = picture({ ...input, declarations: { assume } })
  expect(edgesOf(declared, 'way-in').map((line) => line.replace(/ tcp\/\d+$/, ''))).toContain(
    `LoadBalancer -> ${group}`,
  )
  expect(edgesOf(declared, 'way-in').length).toBe(4)
})

test('what should not be open is red, and the verdict says so', () => {
  const picture = pictureOf('opened.yaml', opened)
  expect(edgesOf(picture, 'forbidden')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Clients -> LoadBalancer/), 'sole-entrance -> LoadBalancer']),
  )
  expect(picture.boxes.find(({ kind }) => kind === 'intruder')?.lines.join(' ')).toMatch(
    /any host in Vpc with an address in 10\.0\.0\.0\/8 .*tcp\/443/,
  )
  expect(picture.verdict).toEqual({ is: 'refuted', text: 'Refuted: no-public-address, sole-entrance' })
  expect(svg(picture)).toMatch(/<polyline class="line forbidden"/)
  expect(mermaid(picture)).toMatch(/linkStyle [\d,]+ stroke:#cf222e/)
})

/** Tags that open and close in order, with attributes in quotes; the names of all elements. */
function elementsOf(xml: string): readonly string[] {
  const open: string[] = []
  const names: string[] = []
  const rest = xml.replace(/<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g, (_, isEnd, name, __, isEmpty) => {
    if (isEnd) expect(open.pop()).toBe(name)
    else {
      names.push(name)
      if (!isEmpty) open.push(name)
    }
    return ''
  })
  expect(open).toEqual([])
  expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/)
  return names
}

const plain = new Set(['svg', 'title', 'desc', 'style', 'rect', 'g', 'text', 'polyline', 'polygon'])

describe('as SVG, it is one file of plain shapes, with its words for readers:', () => {
  test.each(some(pictures, 4, 1))('%s', (_, make) => {
    const picture = make()
    const text = svg(picture)
    expect(elementsOf(text).filter((name) => !plain.has(name))).toEqual([])
    expect(
      text.replace('xmlns="http://www.w3.org/2000/svg"', '').match(/\b(?:href|src|url\(|@import|@font-face)/g),
    ).toBeNull()
    expect(text).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title desc">\n<title id="title">[^<]+<\/title>\n<desc id="desc">[^<]+<\/desc>/,
    )
    expect(text).toContain('@media (prefers-color-scheme:dark)')
    for (const { title } of picture.boxes) expect(mermaid(picture)).toContain(title.replace(/[^A-Za-z0-9].*$/s, ''))
  })
})

test('its words name every edge', () => {
  expect(described(pictureOf('templates/standalone.yaml', main))).toMatch(
    /^The way in: Clients to HttpApi \(TLS\); .*LoadBalancer to OrdersService \(tcp\/8080\)\. Also allowed: .*undecided\.$/,
  )
})

describe('hostile texts', () => {
  const bad = '"><script>alert(1)</script>\u001b[31m\u202e&amp;`|end[x]\nclick n0 "javascript:x"'
  const template: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
  const hostile = pictureOf(
    't.json',
    JSON.stringify({
      ...template,
      Parameters: { ...template.Parameters, DomainName: { Type: 'String', Default: bad } },
      Resources: {
        ...template.Resources,
        [bad]: {
          Type: 'AWS::ECS::Service',
          Properties: { ...template.Resources.OrdersService.Properties, LoadBalancers: [] },
        },
        Out: {
          Type: 'AWS::EC2::SecurityGroupEgress',
          Properties: {
            GroupId: { 'Fn::GetAtt': ['OrdersTaskSecurityGroup', 'GroupId'] },
            DestinationSecurityGroupId: bad,
            IpProtocol: 'tcp',
            FromPort: 1,
            ToPort: 1,
          },
        },
      },
    }),
  )

  test('are texts in SVG', () => {
    const text = svg(hostile)
    expect(elementsOf(text).filter((name) => !plain.has(name))).toEqual([])
    expect(text).toContain('&quot;&gt;&lt;script&gt;')
    for (const hidden of ['\u001b', '\u202e']) expect(text).not.toContain(hidden)
  })

  test('are texts in Mermaid', () => {
    const lines = mermaid(hostile).split('\n')
    expect(lines.filter((line) => /^\s*click|<script|\p{Cc}|\p{Cf}/u.test(line))).toEqual([])
    // Between the quotes of a label, only its own markup.
    for (const line of lines)
      for (const [, label = ''] of line.matchAll(/"([^"]*)"/g))
        expect(label.replace(/<\/?[bi]>|<br\/>/g, '')).not.toMatch(/[<>|`[\](){}]/)
    expect(lines.every((line) => (line.match(/"/g) ?? []).length % 2 === 0)).toBe(true)
  })
})
