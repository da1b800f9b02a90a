/** The bugs that other implementations have or had, and some more, each as a change of our sources. */
import * as cases from './cases.ts'
import { type Check, hangingCall, inCase, missingSdk, refusedUpload, silentUpload, upload } from './mutant-checks.ts'
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
    bug: 'the time left is not asked for: a fixed number of minutes replaces it',
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
    check: inCase(cases.waitEnds),
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
    find: 'for (let tries = 1; refusals < 2; tries++)',
    replace: 'for (let tries = 1; ; tries++)',
    check: refusedUpload,
  },
  {
    bug: 'the code that handles an error throws itself: no answer',
    seenIn: 'CDK cross-account record set, copilot',
    file: runtime('handler'),
    find: "outcome = { Status: 'FAILED', Reason: reasonOf(error, task) }",
    replace: "outcome = { Status: 'FAILED', Reason: (option as any).reasonOf(error, task) }",
    check: inCase(cases.failure),
  },
  {
    bug: 'the event is logged with the URL of the answer',
    seenIn: 'CDK provider framework #21224, CDK nodejs entrypoint, crhelper, dflook, widdix',
    file: runtime('handler'),
    find: "    log('start')\n",
    replace: '    world.print(JSON.stringify(event))\n',
    check: inCase(cases.life),
  },
  {
    bug: 'the upload is tried only once',
    seenIn: 'CDK DnsValidatedCertificate, copilot, dflook',
    file: runtime('answer'),
    find: 'for (let tries = 1; refusals < 2; tries++)',
    replace: 'for (let tries = 1; tries <= 1; tries++)',
    check: inCase(cases.uploadAgain),
  },
  {
    bug: 'the status of the upload is not looked at',
    seenIn: 'crhelper',
    file: runtime('answer'),
    find: 'if (status >= 200 && status < 300) return',
    replace: 'return',
    check: inCase(cases.uploadAgain),
  },
  {
    bug: 'a success that cannot be uploaded is followed by a failure',
    seenIn: 'CDK DnsValidatedCertificate, copilot, dflook',
    file: runtime('handler'),
    find: 'await respond(world, event.ResponseURL, bodyOf(answer, pointer), left, log)',
    replace: `const put = (body: object) => respond(world, event.ResponseURL, bodyOf({ ...body }, pointer), left, log)
    await put(answer).catch(() => put({ ...answer, Status: 'FAILED' }))`,
    check: inCase(cases.uploadRefused),
  },
  {
    bug: 'the answer is the whole event, with the URL of the answer in it',
    seenIn: 'dflook',
    file: runtime('handler'),
    find: 'const answer = {',
    replace: 'const answer = {\n      ...event,',
    check: inCase(cases.life),
  },
  {
    bug: 'an update of the same certificate answers without attributes',
    seenIn: 'copilot',
    file: writer('certificate'),
    find: 'return { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }',
    replace:
      'return arn === before ? {} : { CertificateArn: arn, ValidationRecords: ValidationRecords.slice(0, 1000) }',
    check: inCase(cases.sameCertificate),
  },

  // ---- physical ids, updates, rollbacks
  {
    bug: 'the physical id is the log stream until all is done: a failed create orphans the certificate',
    seenIn: 'CDK DnsValidatedCertificate #13527, #30012',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: "PhysicalResourceId: outcome.Status === 'SUCCESS' ? task.physicalId : context.logStreamName,",
    check: inCase(cases.failureAfterRequest),
  },
  {
    bug: 'the physical id is the same for whatever certificate',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: 'PhysicalResourceId: LogicalResourceId,',
    check: inCase(cases.oneIdForAll),
  },
  {
    bug: 'a failure has the physical id None',
    seenIn: 'dflook',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace: "PhysicalResourceId: outcome.Status === 'SUCCESS' ? task.physicalId : 'None',",
    check: inCase(cases.failureAfterRequest),
  },
  {
    bug: 'a failed update cannot name the new certificate',
    seenIn: 'CDK provider framework #17040',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace:
      "PhysicalResourceId: outcome.Status === 'FAILED' && type === 'Update' ? event.PhysicalResourceId : task.physicalId,",
    check: inCase(cases.failureAfterRequest),
  },
  {
    bug: 'a failure after the request answers with a marker: the certificate is orphaned',
    seenIn: 'trautonen',
    file: runtime('handler'),
    find: 'PhysicalResourceId: task.physicalId,',
    replace:
      "PhysicalResourceId: outcome.Status === 'FAILED' && type === 'Create' ? 'portcullis:none:' + LogicalResourceId : task.physicalId,",
    check: inCase(cases.failureAfterRequest),
  },
  {
    bug: 'every update requests a certificate',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: '  if (isUpdate) {',
    replace: '  if (false) {',
    check: inCase(cases.sameCertificate),
  },
  {
    bug: 'alternative names are never equal to themselves: each update replaces the certificate',
    seenIn: 'CDK DnsValidatedCertificate',
    file: writer('certificate-properties'),
    find: '{ v: 1, ...wanted, region }',
    replace: '{ v: 1, ...wanted, ...(sans.length > 0 && { sans: Math.random() }), region }',
    check: inCase(cases.sameInAnotherOrder),
  },
  {
    bug: 'the order of the alternative names matters',
    file: writer('certificate-properties'),
    find: '.filter((name) => name !== domain).sort()',
    replace: '.filter((name) => name !== domain)',
    check: inCase(cases.sameInAnotherOrder),
  },
  {
    bug: 'the flag for cleaning up is part of what the certificate is',
    seenIn: 'trautonen',
    file: writer('certificate-properties'),
    find: '{ v: 1, ...wanted, region }',
    replace: '{ v: 1, ...wanted, region, cleanUp: properties.ValidationRecords }',
    check: inCase(cases.sameWithCleanUp),
  },
  {
    bug: 'the delete of the old certificate deletes the new one too',
    seenIn: 'CDK #981, DataDog #177, mozilla #7',
    file: writer('certificate'),
    find: 'if (!isArn(id)) return unused(',
    replace: 'return unused(',
    check: inCase(cases.cleanUpAfterUpdate),
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
    check: inCase(cases.aliasRollback),
  },

  // ---- the request and its records
  {
    bug: 'the idempotency token is a constant',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: "IdempotencyToken: `${own['portcullis:request']}`.slice(0, 32),",
    replace: "IdempotencyToken: sha256('').slice(0, 32),",
    check: inCase(cases.twoStacks),
  },
  {
    bug: 'the idempotency token is the logical id: two stacks share a certificate',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: "const token = sha256([StackId, LogicalResourceId, RequestId, ResponseURL, spec].join('|'))",
    replace: 'const token = sha256(LogicalResourceId)',
    check: inCase(cases.twoStacks),
  },
  {
    bug: 'there is no idempotency token: an event that is delivered twice makes two certificates',
    file: writer('certificate'),
    find: "IdempotencyToken: `${own['portcullis:request']}`.slice(0, 32),",
    replace: '',
    check: inCase(cases.twoCopies),
  },
  {
    bug: 'a repeated deployment takes the dead certificate of the same request id',
    seenIn: 'CDK DnsValidatedCertificate, CDK provider framework #35957',
    file: writer('certificate'),
    find: 'RequestId, ResponseURL, spec]',
    replace: 'RequestId, spec]',
    check: inCase(cases.sameRequestId),
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
    check: inCase(cases.neverValidated),
  },
  {
    bug: 'the wait for the records is too short',
    seenIn: 'CDK DnsValidatedCertificate #2914, #3912, #5831; copilot #2602',
    file: writer('certificate'),
    find: 'until: task.world.now() + 300_000 }',
    replace: 'until: task.world.now() + 20_000 }',
    check: inCase(cases.lateRecords),
  },
  {
    bug: 'a name whose record is not known yet is taken for one that has none',
    seenIn: 'CDK DnsValidatedCertificate #8282, copilot',
    file: writer('certificate'),
    find: '.filter((one) => one.ResourceRecord?.Name)',
    replace: '',
    check: inCase(cases.lateRecords),
  },
  {
    bug: 'only the first record is written',
    seenIn: 'CDK DnsValidatedCertificate #4659',
    file: writer('certificate'),
    find: 'await writeRecords(zones, records)',
    replace: 'await writeRecords(zones, records.slice(0, 1))',
    check: inCase(cases.lateRecords),
  },
  {
    bug: 'the record of a name and of its wildcard are written twice',
    seenIn: 'serverless-certificate-creator #46, #28',
    file: writer('validation-records'),
    find: 'return [...values].map(([name, value]) => ({ name, value }))',
    replace:
      "return options.map(({ ResourceRecord: one }) => ({ name: plain(one?.Name ?? ''), value: plain(one?.Value ?? '') }))",
    check: inCase(cases.life),
  },
  {
    bug: 'the writing of the records is started and not awaited',
    seenIn: 'balzanelli',
    file: writer('certificate'),
    find: 'await writeRecords(zones, records)',
    replace: 'void writeRecords(zones, records).catch(() => {})',
    check: inCase(cases.life),
  },
  {
    bug: 'a record with another value is overwritten',
    file: writer('validation-records'),
    find: 'if (sets[0])\n',
    replace: 'if (!sets)\n',
    check: inCase(cases.takenRecord),
  },
  {
    bug: 'records are created instead of upserted: the second run fails',
    file: writer('validation-records'),
    find: "changes.push({ Action: 'UPSERT', ResourceRecordSet })",
    replace: "changes.push({ Action: 'CREATE', ResourceRecordSet })",
    check: inCase(cases.onlyUpsert),
  },
  {
    bug: 'a session does not say whose it is, so that the role cannot tell one account from another',
    file: writer('zones'),
    find: "    Tags: [{ Key: 'portcullis:account', Value: task.here.account }],\n",
    replace: '',
    check: inCase(cases.life),
  },
  {
    bug: 'a session says that it is of the account of the zone',
    file: writer('zones'),
    find: 'Value: task.here.account',
    replace: 'Value: placeOf(RoleArn).account',
    check: inCase(cases.life),
  },
  {
    bug: 'the role is assumed in the region of the stack, which the other account may not have opted in to',
    seenIn: 'CDK cross-account zone delegation #23081, #26593; trautonen',
    file: writer('zones'),
    find: 'controlRegions[task.here.partition] ?? task.here.region',
    replace: 'task.here.region',
    check: inCase(cases.life),
  },
  {
    bug: 'rights that are seconds old and not yet in force are a failure',
    seenIn: 'CDK cross-account zone delegation #29391',
    file: runtime('aws'),
    find: 'return now - since < ms',
    replace: 'return false',
    check: inCase(cases.newRights),
  },
  {
    bug: 'ARNs begin with arn:aws: in every partition',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: 'certificateArn.test(id)',
    replace: "id.startsWith('arn:aws:acm:')",
    check: inCase(cases.lifeInChina),
  },
  {
    bug: 'a hash that FIPS forbids',
    seenIn: 'dflook, CDK cross-account record set',
    file: writer('certificate-properties'),
    find: "createHash('sha256')",
    replace: "createHash('md5')",
    check: inCase(cases.life),
  },

  // ---- the wait
  {
    bug: 'the wait for the validation lasts five minutes',
    seenIn: 'trautonen, CDK DnsValidatedCertificate #5835, #6629',
    file: waiter('patience'),
    find: 'until: task.started + budgetSeconds * 1000',
    replace: 'until: task.started + 300_000',
    check: inCase(cases.waitLasts),
  },
  {
    bug: 'attempts are counted and never limited',
    seenIn: 'binxio',
    file: waiter('certificate-issued'),
    find: "if (!issued && Attempt >= Attempts) throw new Failure('deadline', overdue(last, BudgetSeconds))",
    replace: '',
    check: inCase(cases.waitEnds),
  },
  {
    bug: 'validated names are taken for an issued certificate',
    seenIn: 'the waiter of the AWS SDK',
    file: waiter('certificate-issued'),
    find: "if (last.Status === 'ISSUED') return true",
    replace: "if (last.DomainValidationOptions?.every((one) => one.ValidationStatus === 'SUCCESS')) return true",
    check: inCase(cases.waitForIssue),
  },
  {
    bug: 'only FAILED is an end: a certificate that timed out is waited for',
    seenIn: 'the waiter of the AWS SDK',
    file: runtime('certificate-status'),
    find: "!/^(PENDING_VALIDATION|ISSUED)$/.test(status ?? 'PENDING_VALIDATION')",
    replace: "status === 'FAILED'",
    check: inCase(cases.waitForDead),
  },
  {
    bug: 'nobody waits for the certificate to be issued',
    seenIn: 'LZA',
    file: waiter('certificate-issued'),
    find: "if (last.Status === 'ISSUED') return true",
    replace: 'return true',
    check: inCase(cases.waitForIssue),
  },

  // ---- the delete
  {
    bug: 'the delete of a certificate that was in use a moment ago fails',
    seenIn: 'CDK DnsValidatedCertificate #4179, #28063; LZA',
    file: writer('certificate'),
    find: 'if (!isInUse(error)) throw error',
    replace: 'throw error',
    check: inCase(cases.inUseForAMoment),
  },
  {
    bug: 'the delete of a certificate that nothing uses waits for minutes',
    seenIn: 'CDK DnsValidatedCertificate, crhelper #3',
    file: writer('certificate'),
    find: 'const deleted = await poll(',
    replace: 'await task.world.sleep(160_000, task.signal)\n  const deleted = await poll(',
    check: inCase(cases.unusedAtOnce),
  },
  {
    bug: 'the delete of a certificate that is gone fails',
    seenIn: 'trautonen, LZA',
    file: writer('certificate-search'),
    find: 'if (!isNotFound(error)) throw error',
    replace: 'throw error',
    check: inCase(cases.deleteTwice),
  },
  {
    bug: 'the delete swallows every error: orphans',
    seenIn: 'binxio',
    file: writer('certificate'),
    find: 'if (!isInUse(error)) throw error\n      return undefined',
    replace: 'return true',
    check: inCase(cases.inUseForAMoment),
  },
  {
    bug: 'the search sees the first page only',
    file: writer('certificate-search'),
    find: 'while (NextToken)',
    replace: 'while (false)',
    check: inCase(cases.amongMany),
  },
  {
    bug: 'the search sees RSA certificates only',
    seenIn: 'dflook',
    file: writer('certificate-search'),
    find: 'Includes: { keyTypes },',
    replace: '',
    check: inCase(cases.elliptic),
  },
  {
    bug: 'a record that is gone makes the delete fail',
    seenIn: 'CDK DnsValidatedCertificate, CDK cross-account zone delegation',
    file: writer('zones'),
    find: "if ((error as AwsError)?.name !== 'InvalidChangeBatch' || tries === 3) throw error",
    replace: 'throw error',
    check: inCase(cases.aliasGone),
  },
  {
    bug: 'the delete removes whatever record has the name',
    file: writer('alias-record'),
    find: "(set) => types.includes(set.Type as RRType & 'A') && leadsTo(set, [properties.TargetDnsName])",
    replace: "(set) => types.includes(set.Type as RRType & 'A') && properties !== undefined",
    check: inCase(cases.aliasOfOthers),
  },
  {
    bug: 'validation records are removed though other certificates live on them',
    seenIn: 'trautonen, CDK DnsValidatedCertificate PR #18311',
    file: writer('certificate-cleanup'),
    find: '!used.has(base(record))',
    replace: "used !== undefined && base(record) !== ''",
    check: inCase(cases.sharedRecord),
  },
  {
    bug: 'before a record is removed only one other certificate is looked at',
    seenIn: 'copilot',
    file: writer('certificate-cleanup'),
    find: "of await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED']))",
    replace: "of (await listArns(task, acm, ['PENDING_VALIDATION', 'ISSUED', 'INACTIVE', 'EXPIRED'])).slice(0, 1))",
    check: inCase(cases.sharedRecord),
  },
  // ---- ours, so that they do not come back
  {
    bug: 'what a repeated token names is taken for a certificate before ACM has shown it',
    file: writer('certificate'),
    find: `  const tags = await tagsOf(task, acm, arn, true)
`,
    replace: `  task.physicalId = arn
  const tags = await tagsOf(task, acm, arn, true)
`,
    check: inCase(cases.unconfirmed),
  },
  {
    bug: 'a delete that overtakes the create looks once',
    file: writer('certificate'),
    find: '(isOver ? 0 : mayAsk + isShown)',
    replace: '0',
    check: inCase(cases.overtaken),
  },
  {
    bug: 'a create asks for a certificate however late it comes',
    file: writer('certificate'),
    find: `if (task.world.now() >= until) {
    arn`,
    replace: `if (until < 0) {
    arn`,
    check: inCase(cases.tooLate),
  },
  {
    bug: 'what a rolled back update asks for afterwards is not looked for',
    file: writer('certificate'),
    find: 'if (!wasThere || old === spec) return',
    replace: 'if (old) return',
    check: inCase(cases.rolledBack),
  },
  {
    bug: 'a late copy of a rollback removes what a later update has taken over',
    file: writer('certificate'),
    find: 'takenTag(spec)) < sentAt(task))',
    replace: 'takenTag(spec)) >= 0)',
    check: inCase(cases.takenOver),
  },
  {
    bug: 'a twin of the same specification is not looked for',
    file: writer('certificate'),
    find: 'if (own && (await isAlive(task, acm, id))) specs.add(own)',
    replace: '',
    check: inCase(cases.twin),
  },
  {
    bug: 'what replaced a dead certificate is taken for a stray',
    file: writer('certificate'),
    find: 'if (own && (await isAlive(task, acm, id))) specs.add(own)',
    replace: 'if (own) specs.add(own)',
    check: inCase(cases.replacedDead),
  },
  {
    bug: 'a certificate that is in use for 20 minutes fails the delete',
    file: writer('certificate'),
    find: `    'again',
`,
    replace: `    'state',
`,
    check: inCase(cases.inUseForLonger),
  },
  {
    bug: 'an alias is left behind silently',
    file: writer('alias-record'),
    find: `      keep(
        task,
        Id,
        properties`,
    replace: `      ;((...kept: unknown[]) => kept)(
        task,
        Id,
        properties`,
    check: inCase(cases.keptAlias),
  },
  {
    bug: 'validation records are left behind silently',
    file: writer('certificate-cleanup'),
    find: '    keep(task, zoneId, asSets(records), error)',
    replace: `    task.log('records', { status: \`kept: \${asSets(records).length} \${zoneId} \${error}\` }, 'warn')`,
    check: inCase(cases.keptValidation),
  },
  {
    bug: 'values of parameters in the revision break the physical id',
    file: waiter('isolation-probe'),
    find: '/^[\\w.-]{1,64}$/.test(wanted.Revision)\n',
    replace: 'wanted.Revision\n',
    check: inCase(cases.probeOfValues),
  },
  {
    bug: 'a probe that passes does not log what it saw',
    file: waiter('isolation-probe'),
    find: `\`\${what}: \${last}\${passes ? ', ok' : ''}\``,
    replace: `\`\${what}: \${passes ? 'ok' : last}\``,
    check: inCase(cases.probeSees),
  },
  {
    bug: 'the upload is given up after nine tries, in two minutes',
    file: runtime('answer'),
    find: 'for (let tries = 1; refusals < 2; tries++)',
    replace: 'for (let tries = 1; tries <= 9 && refusals < 2; tries++)',
    check: inCase(cases.uploadAfterMinutes),
  },
  {
    bug: 'a token that AWS does not know yet ends the run',
    file: runtime('errors'),
    find: '|UnrecognizedClient',
    replace: '',
    check: inCase(cases.newToken),
  },
  {
    bug: 'how long a refusal is forgiven counts from the start of the run',
    file: runtime('aws'),
    find: 'return now - since < ms',
    replace: 'return now - task.started < ms',
    check: inCase(cases.newRightsLate),
  },
  {
    bug: 'a run that is too short leaves the rest to a delivery that may never come',
    file: runtime('clock'),
    find: 'asked !== undefined && started - asked < 50_000 &&',
    replace: 'asked !== undefined &&',
    check: inCase(cases.lastDelivery),
  },
]
