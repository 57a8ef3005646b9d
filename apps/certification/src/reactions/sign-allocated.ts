import { Injectable } from '@nestjs/common';
import { levelNames } from '@shuzheng/contracts';
import type { CertificateSnapshot } from '@shuzheng/credentials';
import { Clock, crashPoint, Personal, row, rows, schedule, type TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { type Batch, lockBatch } from '../data/batches.js';
import { CertificateMaker } from '../data/certificate-maker.js';
import { type Allocation, IssuedCertificates, type Run } from '../data/issued-certificates.js';
import { takeOutVoided } from '../data/removed-rows.js';
import { SigningKey } from '../data/signing-key.js';

/** How many certificates one transaction writes: few enough that it is short, many enough that it is fast. */
const CHUNK = 200;

/**
 * 颁发, its second step: signs what was allocated and writes the certificates. Killed anywhere, it finds the same
 * allocations again, signs the same bytes and writes what is not yet written.
 */
@Injectable()
export class SignAllocated implements TimerHandler {
  readonly kind = 'sign-allocated';

  constructor(
    private readonly clock: Clock,
    private readonly personal: Personal,
    private readonly maker: CertificateMaker,
    private readonly key: SigningKey,
    private readonly issued: IssuedCertificates,
  ) {}

  async run(payload: object, tx: EntityManager) {
    const { runId, chunk } = payload as { runId: string; chunk: number };
    crashPoint(chunk === 0 ? 'allocated' : 'issued');
    const run = await runOf(tx, runId);
    const batch = await lockBatch(tx, run.batchId);
    // Allocated is not yet issued: looked at again under the lock, whatever was heard since.
    await takeOutVoided(tx, await voidResultsOf(tx, runId), this.clock.now());
    const allocations = await rows<Allocation>(tx, lockAllocated, [runId, CHUNK]);
    // The last chunk is followed by one that finds nothing: then all that was allocated is issued or void.
    if (allocations.length === 0) return;
    await this.key.publish(tx);
    const made = await Promise.all(allocations.map((allocation) => this.made(batch, run, allocation)));
    crashPoint('signed');
    await this.issued.write(tx, { batch, run }, made);
    await schedule(tx, this.kind, `${runId}/${chunk + 1}`, this.clock.now(), { runId, chunk: chunk + 1 });
    crashPoint('issued-before-commit');
  }

  private async made(batch: Batch, run: Run, allocation: Allocation) {
    const { allocatedAt } = allocation;
    const snapshot = snapshotOf(batch, run, {
      ...allocation,
      holderName: this.personal.open('batch_row', 'name_sealed', allocation.rowId, allocation.name),
    });
    return { allocation, version: await this.maker.make(snapshot, allocatedAt) };
  }
}

async function voidResultsOf(tx: EntityManager, runId: string) {
  const found = await rows<{ id: string }>(
    tx,
    `select result_id as id from ledger join voided_result using (result_id) where run_id = $1 and state = 'allocated'`,
    [runId],
  );
  return found.map(({ id }) => id);
}

async function runOf(tx: EntityManager, runId: string): Promise<Run> {
  const run = await row<Run>(
    tx,
    `select id, batch_id as "batchId", occupation_name as "occupationName", credit_code as "creditCode",
       awarded_on as "awardedOn" from issue_run where id = $1`,
    [runId],
  );
  if (!run) throw new Error('a run that is not there was to be signed');
  return run;
}

function snapshotOf(batch: Batch, run: Run, allocation: Allocation & { holderName: string }): CertificateSnapshot {
  const { registryNumber, certificateNumber, holderName, approvedOn, place } = allocation;
  return {
    schema: 'certificate-snapshot.v1',
    ...{ registryNumber, certificateNumber, holderName },
    occupation: { code: batch.occupationCode, name: run.occupationName, standardEdition: batch.edition },
    direction: batch.direction,
    level: levelNames[batch.level] as CertificateSnapshot['level'],
    issuer: { id: batch.organisationId, name: batch.organisationName, creditCode: run.creditCode },
    examDate: batch.examOn,
    nationalApprovalDate: approvedOn,
    awardDate: run.awardedOn,
    version: 1,
    statusListIndex: place,
  };
}

const lockAllocated = `
  select ledger.id, registry_number as "registryNumber", row_id as "rowId", reply_id as "replyId",
    row.result_id as "resultId", ledger.person_id as "personId", ledger.certificate_number as "certificateNumber",
    approved_on as "approvedOn", status_list as "statusList", status_index as place, allocated_at as "allocatedAt",
    name_sealed as name, name_index as "nameIndex", masked_name as "maskedName"
  from ledger join batch_row as row on row.id = row_id
  where run_id = $1 and ledger.state = 'allocated'
  order by serial limit $2 for update of ledger`;
