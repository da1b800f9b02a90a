// Takes each row of the table of types away and looks for a small template whose answer changes:
// `node scripts/run.mjs scripts/table-mutants.ts [FIRST [COUNT]]`. It prints the rows that changed none: these templates do
// not ask them. All rows take about half an hour of computing.
import { readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type Json, readTemplate } from '../tests/support/read-template.ts'
import { type Judgement, pathsOf, type Role } from '../verifier/facts/types/judgement.ts'
import { judgements } from '../verifier/facts/types/judgements.ts'
import { leaves, parseTree, treeAt } from '../verifier/facts/types/paths.ts'
import { properties } from '../verifier/facts/types/registry.gen.ts'
import { classOf, hasProperty } from '../verifier/facts/types/table.ts'
import { verify } from '../verifier/index.ts'

/** `type`: one of those that share the judgement, in whose schema the path is. */
type Row = { readonly type: string; readonly role: Role; readonly path: string }
type Task = { readonly rows: readonly Row[]; readonly isMutant: boolean }

const ref = (Ref: string): Json => ({ Ref })
const role = 'arn:aws:iam::111122223333:role/Admin'
const values: readonly Json[] = [
  ref('TaskGroup'),
  ref('SubnetA'),
  ref('LoadBalancer'),
  ref('TargetGroup'),
  ref('Listener'),
  ref('Api'),
  ref('Link'),
  ref('Vpc'),
  ref('RouteTable'),
  ref('Cluster'),
  ref('Definition'),
  { 'Fn::GetAtt': ['Wide', 'Arn'] },
  role,
  'sg-0123456789abcdef0',
]

const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
base.Resources.Wide = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [] } } }

const at = (path: string, value: Json): Json =>
  path.split('.').reduceRight<Json>((below, name) => ({ [name === '%' ? 'key' : name]: below }), value)

/** A row is about all below its path: the first of it. */
function leafOf(type: string, path: string): string {
  const tree = treeAt(parseTree(properties[type] ?? ''), path)
  return (tree && tree !== 'free' && leaves(tree, path)[0]) || path
}

/** What is said of a template with the value at the path, and of each claim why. */
function said(type: string, path: string, value: Json): string {
  const Resources = { ...base.Resources, Row: { Type: type, Properties: at(path, value) } }
  const text = JSON.stringify({ ...base, Resources })
  const { claims, notes } = verify({ templates: [{ path: 't.json', text }], readFile: () => undefined })
  return JSON.stringify([...claims, ...notes].map((each) => [each.id, each.target, each.verdict, each.because]))
}

/** A judgement that several types share is one: the first of them with the path in its schema stands for all. */
function allRows(): Row[] {
  const sharers = new Map<Judgement['roles'], string[]>()
  for (const [type, { roles }] of Object.entries(judgements)) sharers.set(roles, [...(sharers.get(roles) ?? []), type])
  return [...sharers].flatMap(([roles, types]) =>
    Object.entries(roles).flatMap(([each, paths]) =>
      pathsOf(paths).flatMap((path): Row[] => {
        const type = types.find((one) => hasProperty(one, path))
        return type === undefined ? [] : [{ type, role: each as Role, path }]
      }),
    ),
  )
}

/** Rounds of rows that do not meet: each takes one row of a judgement. Types of the base meet everything. */
function rounds(rows: readonly Row[]): Row[][] {
  const found: Row[][] = []
  const isInBase = new Set(Object.values<Json>(base.Resources).map(({ Type }) => Type))
  const next = new Map<string, number>()
  for (const row of rows) {
    if (isInBase.has(row.type)) continue
    const round = next.get(row.type) ?? 0
    next.set(row.type, round + 1)
    found[round] = [...(found[round] ?? []), row]
  }
  return [...found, ...rows.filter(({ type }) => isInBase.has(type)).map((row) => [row])]
}

function takeAway({ type, role: each, path }: Row): void {
  const roles = (judgements[type] as Judgement).roles as Partial<Record<Role, string>>
  roles[each] = pathsOf(roles[each])
    .filter((other) => other !== path)
    .join(' ')
}

const inWorker = (task: Task): Promise<string[][]> =>
  new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: task }).once('message', resolve).once('error', reject)
  })

if (isMainThread) {
  const [first = '0', count] = process.argv.slice(2)
  const rows = allRows().slice(Number(first), count === undefined ? undefined : Number(first) + Number(count))
  const silent: Row[] = []
  for (const round of rounds(rows)) {
    const [before, after] = await Promise.all([false, true].map((isMutant) => inWorker({ rows: round, isMutant })))
    silent.push(...round.filter((_, index) => before?.[index]?.join() === after?.[index]?.join()))
  }
  for (const row of silent) console.log(`${classOf(row.type)} ${row.type} ${row.path}: ${row.role}`)
  console.log(`${silent.length} of ${rows.length} rows of roles change no answer`)
} else {
  const { rows, isMutant } = workerData as Task
  if (isMutant) for (const row of rows) takeAway(row)
  parentPort?.postMessage(rows.map(({ type, path }) => values.map((value) => said(type, leafOf(type, path), value))))
}
