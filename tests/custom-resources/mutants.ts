/** The bugs that other implementations have or had, and some more, each as a change of our sources. */
import { type Check, hangingCall, missingSdk, refusedUpload, silentUpload, stories, upload } from './mutant-checks.ts'
import type { Patch } from './mutate.ts'

export type Mutant = Patch & {
  readonly bug: string
  /** Who has or had it, with the issue where there is one; left out where it is only easily made. */
  readonly seenIn?: string
  readonly check: Check
}

const runtime = (name: string) => `custom-resources/runtime/${name}.ts`
const waiter = (name: string) => `custom-resources/waiter/${name}.ts`
const writer = (name: string) => `custom-resources/writer/${name}.ts`

export const mutants: readonly Mutant[] = [
  // ---- the answer
  {
    bug: 'a wait without a limit: the run ends without an answer',
    seenIn: 'CDK DnsValidatedCertificate, CDK nodejs entrypoint, copilot, widdix',
    file: runtime('handler'),
    find: 'await Promise.race([work(task, resources, late), deadline(task)])',
    replace: 'await work(task, resources, late)',
    check: hangingCall,
  },
  {
    bug: 'the time left is not asked for: a fixed number of minutes stands in for it',
    seenIn: 'copilot',
    file: runtime('clock'),
    find: 'end: Math.min(now + msLeft, listens) - reserve',
    replace: 'end: now + 14.5 * 60_000',
    check: hangingCall,
  },
  {
    bug: 'a wait goes on beyond its budget',
    seenIn: 'dflook, CDK provider framework #31541, crhelper #5',
    file: runtime('poll'),
    find: 'if (task.world.now() + ms > Math.min(until, task.end)) {',
    replace: 'if (until < 0) {',
    check: stories,
  },
  {
    bug: 'the SDK is loaded before anything can answer',
    seenIn: 'binxio',
    file: waiter('index'),
    find: 'export const handler = createHandler(world, {',
    replace: "require('@aws-sdk/client-apigatewayv2')\nexport const handler = createHandler(world, {",
    check: missingSdk,
  },
  {
    bug: 'the length of the upload counts characters: other letters cut the answer off',
    seenIn: 'CDK DnsValidatedCertificate, copilot',
    file: runtime('world'),
    find: "'content-length': body.byteLength",
    replace: "'content-length': body.toString().length",
    check: upload,
  },
  {
    bug: 'the upload has a content type, for which its URL is not signed',
    file: runtime('world'),
    find: "'content-type': ''",
    replace: "'content-type': 'application/json'",
    check: upload,
  },
  {
    bug: 'the reason is never cut: the answer is too long',
    seenIn: 'CDK provider framework #23958, #25114, #28498',
    file: runtime('answer'),
    find: '  bytes(text) <= limit\n',
    replace: '  limit > 0\n',
    check: upload,
  },
  {
    bug: 'the reason says that it failed, and no more',
    seenIn: 'balzanelli',
    file: runtime('handler'),
    find: 'Reason: reasonOf(error, task) }',
    replace: 'Reason: `${type} failed` }',
    check: upload,
  },
  {
    bug: 'an upload that nobody answers is waited for',
    seenIn: 'CDK DnsValidatedCertificate, CDK provider framework, crhelper #34',
    file: runtime('world'),
    find: ', signal: AbortSignal.timeout(timeoutMs) }',
    replace: ' }',
    check: silentUpload,
  },
  {
    bug: 'an upload that is refused is tried again and again',
    seenIn: 'CDK provider framework',
    file: runtime('answer'),
    find: ' && refusals < 2',
    replace: '',
    check: refusedUpload,
  },
  {
    bug: 'the code that handles an error throws itself: no answer',
    seenIn: 'CDK cross-account record set, copilot',
    file: runtime('handler'),
    find: "outcome = { Status: 'FAILED', Reason: reasonOf(error, task) }",
    replace: "outcome = { Status: 'FAILED', Reason: (option as any).reasonOf(error, task) }",
    check: stories,
  },
  {
    bug: 'the event is logged with the URL of the answer',
    seenIn: 'CDK provider framework #21224, CDK nodejs entrypoint, crhelper, dflook, widdix',
    file: runtime('handler'),
    find: "    log('start')\n",
    replace: '    world.print(JSON.stringify(event))\n',
    check: stories,
  },
  {
    bug: 'the upload is tried only once',
    seenIn: 'CDK DnsValidatedCertificate, copilot, dflook',
    file: runtime('answer'),
    find: 'tries <= 9',
    replace: 'tries <= 1',
    check: stories,
  },
  {
    bug: 'the status of the upload is not looked at',
    seenIn: 'crhelper',
    file: runtime('answer'),
    find: 'if (status >= 200 && status < 300) return',
    replace: 'return',
    check: stories,
  },
  {
    bug: 'a success that cannot be uploaded is followed by a failure',
    seenIn: 'CDK DnsValidatedCertificate, copilot, dflook',
    file: runtime('handler'),
    find: 'await respond(world, event.ResponseURL, bodyOf(answer, pointer), left, log)',
    replace: `const put = (body: object) => respond(world, event.ResponseURL, bodyOf({ ...body }, pointer), left, log)
    await put(answer).catch(() => put({ ...answer, Status: 'FAILED' }))`,
    check: stories,
  },
  {
    bug: 'the answer is the whole event, with the URL of the answer in it',
    seenIn: 'dflook',
    file: runtime('handler'),
    find: 'const answer = {',
    replace: 'const answer = {\n      ...event,',
    check: stories,
  },
  {
    bug: 'an update of the same certificate answers without attributes',
    seenIn: 'copilot',
    file: writer('certificate'),
    find: 'return { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }',
    replace:
      'return arn === before ? {} : { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }',
    check: stories,
  },

  // ---- physical ids, updates, rollbacks
  {
    bug: 'the physical id is the log stream until all is done: a failed create orphans the certificate',
    seenIn: 'CDK DnsValidatedCertificate #13527, #30012',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: "PhysicalResourceId: outcome.Status === 'SUCCESS' ? task.physicalId : context.logStreamName,",
    check: stories,
  },
  {
    bug: 'the physical id is the same for whatever certificate',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: 'PhysicalResourceId: LogicalResourceId,',
    check: stories,
  },
  {
    bug: 'a failure has the physical id None',
    seenIn: 'dflook',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: "PhysicalResourceId: outcome.Status === 'SUCCESS' ? task.physicalId : 'None',",
    check: stories,
  },
  {
    bug: 'a failed update cannot name the new certificate',
    seenIn: 'CDK provider framework #17040',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace:
      "PhysicalResourceId: outcome.Status === 'FAILED' && type === 'Update' ? event.PhysicalResourceId : task.physicalId,",
    check: stories,
  },
  {
    bug: 'a failure after the request answers with a marker: the certificate is orphaned',
    seenIn: 'trautonen',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace:
      "PhysicalResourceId: outcome.Status === 'FAILED' && type === 'Create' ? 'portcullis:none:' + LogicalResourceId : task.physicalId,",
    check: stories,
  },
  {
    bug: 'every update requests a certificate',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: "if (RequestType === 'Update') {",
    replace: 'if (false) {',
    check: stories,
  },
  {
    bug: 'alternative names are never equal to themselves: each update replaces the certificate',
    seenIn: 'CDK DnsValidatedCertificate',
    file: writer('certificate-properties'),
    find: '{ v: 1, ...wanted, region }',
    replace: '{ v: 1, ...wanted, ...(sans.length > 0 && { sans: Math.random() }), region }',
    check: stories,
  },
  {
    bug: 'the order of the alternative names matters',
    file: writer('certificate-properties'),
    find: '.filter((name) => name !== domain).sort()',
    replace: '.filter((name) => name !== domain)',
    check: stories,
  },
  {
    bug: 'the flag for cleaning up is part of what the certificate is',
    seenIn: 'trautonen',
    file: writer('certificate-properties'),
    find: '{ v: 1, ...wanted, region }',
    replace: '{ v: 1, ...wanted, region, cleanUp: properties.ValidationRecords }',
    check: stories,
  },
  {
    bug: 'the delete of the old certificate deletes the new one too',
    seenIn: 'CDK #981, DataDog #177, mozilla #7',
    file: writer('certificate'),
    find: 'if (!isArn(id)) return findTagged(',
    replace: 'return findTagged(',
    check: stories,
  },
  {
    bug: 'an update deletes the old record in the same batch: its rollback must delete what never was',
    seenIn: 'CDK cross-account record set',
    file: writer('alias-record'),
    find: '      return changes\n',
    replace: `      const gone = (task.event as any).OldResourceProperties
      if (gone && gone.Name !== properties.Name)
        for (const Type of types) {
          const DNSName = plain(gone.TargetDnsName) + '.'
          const AliasTarget = { DNSName, HostedZoneId: gone.TargetHostedZoneId, EvaluateTargetHealth: false }
          changes.unshift({ Action: 'DELETE', ResourceRecordSet: { Name: plain(gone.Name) + '.', Type, AliasTarget } })
        }
      return changes
`,
    check: stories,
  },

  // ---- the request and its records
  {
    bug: 'the idempotency token is a constant',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: 'IdempotencyToken: sha256(`${base}|${variant}`).slice(0, 32),',
    replace: "IdempotencyToken: sha256('').slice(0, 32),",
    check: stories,
  },
  {
    bug: 'the idempotency token is the logical id: two stacks share a certificate',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: "const base = sha256([StackId, LogicalResourceId, RequestId, spec].join('|'))",
    replace: 'const base = sha256(LogicalResourceId)',
    check: stories,
  },
  {
    bug: 'there is no idempotency token: an event that is delivered twice makes two certificates',
    file: writer('certificate'),
    find: 'IdempotencyToken: sha256(`${base}|${variant}`).slice(0, 32),',
    replace: '',
    check: stories,
  },
  {
    bug: 'a repeated deployment takes the dead certificate of the same request id',
    seenIn: 'CDK DnsValidatedCertificate, CDK provider framework #35957',
    file: writer('certificate'),
    find: 'variant <= 3',
    replace: 'variant <= 0',
    check: stories,
  },
  {
    bug: 'the request waits for the validation in the same run',
    seenIn: 'CDK DnsValidatedCertificate, trautonen',
    file: writer('certificate'),
    find: 'await writeRecords(zones, records)\n',
    replace: `await writeRecords(zones, records)
    const done = await poll(task, { pause: [10_000, 30_000] }, async () =>
      (await describe(task, acm, arn)).Status === 'ISSUED' || undefined)
    if (!done) throw new Failure('deadline', 'the certificate was not issued in time')
`,
    check: stories,
  },
  {
    bug: 'the wait for the records is too short',
    seenIn: 'CDK DnsValidatedCertificate #2914, #3912, #5831; copilot #2602',
    file: writer('certificate'),
    find: 'until: task.world.now() + 300_000',
    replace: 'until: task.world.now() + 20_000',
    check: stories,
  },
  {
    bug: 'a name whose record is not known yet is taken for one that has none',
    seenIn: 'CDK DnsValidatedCertificate #8282, copilot',
    file: writer('certificate'),
    find: '.filter((one) => one.ResourceRecord?.Name)',
    replace: '',
    check: stories,
  },
  {
    bug: 'only the first record is written',
    seenIn: 'CDK DnsValidatedCertificate #4659',
    file: writer('certificate'),
    find: 'await writeRecords(zones, records)',
    replace: 'await writeRecords(zones, records.slice(0, 1))',
    check: stories,
  },
  {
    bug: 'the record of a name and of its wildcard are written twice',
    seenIn: 'serverless-certificate-creator #46, #28',
    file: writer('validation-records'),
    find: 'return [...values].map(([name, value]) => ({ name, value }))',
    replace:
      "return options.map(({ ResourceRecord: one }) => ({ name: plain(one?.Name ?? ''), value: plain(one?.Value ?? '') }))",
    check: stories,
  },
  {
    bug: 'the writing of the records is started and not awaited',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: 'await writeRecords(zones, records)',
    replace: 'void writeRecords(zones, records).catch(() => {})',
    check: stories,
  },
  {
    bug: 'a record with another value is overwritten',
    file: writer('validation-records'),
    find: 'if (sets[0])\n',
    replace: 'if (!sets)\n',
    check: stories,
  },
  {
    bug: 'records are created instead of upserted: the second run fails',
    file: writer('validation-records'),
    find: "changes.push({ Action: 'UPSERT', ResourceRecordSet })",
    replace: "changes.push({ Action: 'CREATE', ResourceRecordSet })",
    check: stories,
  },
  {
    bug: 'the role is assumed in the region of the stack, which the other account may not have opted in to',
    seenIn: 'CDK cross-account zone delegation #23081, #26593; trautonen',
    file: writer('zones'),
    find: 'controlRegions[task.here.partition] ?? task.here.region',
    replace: 'task.here.region',
    check: stories,
  },
  {
    bug: 'rights that are seconds old and not yet in force are a failure',
    seenIn: 'CDK cross-account zone delegation #29391',
    file: runtime('aws'),
    find: 'isDenied(error) && task.world.now() - task.started < ms',
    replace: 'false',
    check: stories,
  },
  {
    bug: 'ARNs begin with arn:aws: in every partition',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: 'certificateArn.test(id)',
    replace: "id.startsWith('arn:aws:acm:')",
    check: stories,
  },
  {
    bug: 'a hash that FIPS forbids',
    seenIn: 'dflook, CDK cross-account record set',
    file: writer('certificate-properties'),
    find: "createHash('sha256')",
    replace: "createHash('md5')",
    check: stories,
  },

  // ---- the wait
  {
    bug: 'the wait for the validation lasts five minutes',
    seenIn: 'trautonen, CDK DnsValidatedCertificate #5835, #6629',
    file: waiter('patience'),
    find: 'until: task.started + budgetSeconds * 1000',
    replace: 'until: task.started + 300_000',
    check: stories,
  },
  {
    bug: 'attempts are counted and never limited',
    seenIn: 'binxio',
    file: waiter('certificate-issued'),
    find: "if (!issued && Attempt >= Attempts) throw new Failure('deadline', overdue(last, BudgetSeconds))",
    replace: '',
    check: stories,
  },
  {
    bug: 'validated names are taken for an issued certificate',
    seenIn: 'the waiter of the AWS SDK',
    file: waiter('certificate-issued'),
    find: "if (last.Status === 'ISSUED') return true",
    replace: "if (last.DomainValidationOptions?.every((one) => one.ValidationStatus === 'SUCCESS')) return true",
    check: stories,
  },
  {
    bug: 'only FAILED is an end: a certificate that timed out is waited for',
    seenIn: 'the waiter of the AWS SDK',
    file: runtime('certificate-status'),
    find: "!/^(PENDING_VALIDATION|ISSUED)$/.test(status ?? 'PENDING_VALIDATION')",
    replace: "status === 'FAILED'",
    check: stories,
  },
  {
    bug: 'nobody waits for the certificate to be issued',
    seenIn: 'LZA',
    file: waiter('certificate-issued'),
    find: "if (last.Status === 'ISSUED') return true",
    replace: 'return true',
    check: stories,
  },

  // ---- the delete
  {
    bug: 'the delete of a certificate that was in use a moment ago fails',
    seenIn: 'CDK DnsValidatedCertificate #4179, #28063; LZA',
    file: writer('certificate'),
    find: 'if (!isInUse(error)) throw error',
    replace: 'throw error',
    check: stories,
  },
  {
    bug: 'the delete of a certificate that nothing uses waits for minutes',
    seenIn: 'CDK DnsValidatedCertificate, crhelper #3',
    file: writer('certificate'),
    find: 'const deleted = await poll(',
    replace: 'await task.world.sleep(160_000, task.signal)\n  const deleted = await poll(',
    check: stories,
  },
  {
    bug: 'the delete of a certificate that is gone fails',
    seenIn: 'trautonen, LZA',
    file: writer('certificate-search'),
    find: 'if (!isNotFound(error)) throw error',
    replace: 'throw error',
    check: stories,
  },
  {
    bug: 'the delete swallows every error: orphans',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: 'if (!isInUse(error)) throw error\n      return undefined',
    replace: 'return true',
    check: stories,
  },
  {
    bug: 'the search sees the first page only',
    file: writer('certificate-search'),
    find: 'while (NextToken)',
    replace: 'while (false)',
    check: stories,
  },
  {
    bug: 'the search sees RSA certificates only',
    seenIn: 'dflook',
    file: writer('certificate-search'),
    find: 'Includes: { keyTypes },',
    replace: '',
    check: stories,
  },
  {
    bug: 'a record that is gone makes the delete fail',
    seenIn: 'CDK DnsValidatedCertificate, CDK cross-account zone delegation',
    file: writer('zones'),
    find: "if ((error as AwsError)?.name !== 'InvalidChangeBatch' || tries === 3) throw error",
    replace: 'throw error',
    check: stories,
  },
  {
    bug: 'the delete removes whatever record has the name',
    file: writer('alias-record'),
    find: "(set) => types.includes(set.Type as RRType & 'A') && leadsTo(set, [properties.TargetDnsName])",
    replace: "(set) => types.includes(set.Type as RRType & 'A') && properties !== undefined",
    check: stories,
  },
  {
    bug: 'validation records are removed though other certificates live on them',
    seenIn: 'trautonen, CDK DnsValidatedCertificate PR #18311',
    file: writer('certificate-cleanup'),
    find: "!used.has(name.slice(name.indexOf('.') + 1))",
    replace: "used !== undefined && name !== ''",
    check: stories,
  },
  {
    bug: 'before a record is removed only one other certificate is looked at',
    seenIn: 'copilot',
    file: writer('certificate-cleanup'),
    find: "of await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED']))",
    replace: "of (await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED'])).slice(0, 1))",
    check: stories,
  },
]
