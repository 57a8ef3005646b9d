import { Injectable } from '@nestjs/common';
import { Clock, Personal, sql } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accountId, lockBatch } from './batches.js';
import { CertificateMaker } from './certificate-maker.js';
import { type Allocation, IssuedCertificates, type Run } from './issued-certificates.js';
import { lockSeries, takeNumbers, takePlaces } from './number-ledger.js';
import { SigningKey } from './signing-key.js';
import type { StandingCertificate } from './standing-certificate.js';

export interface Successor {
  readonly id: string;
  readonly registryNumber: string;
}

/** 换发: one certificate in the place of another, made, numbered and signed in one transaction. */
@Injectable()
export class Successors {
  constructor(
    private readonly clock: Clock,
    private readonly personal: Personal,
    private readonly maker: CertificateMaker,
    private readonly key: SigningKey,
    private readonly issued: IssuedCertificates,
  ) {}

  async issue(tx: EntityManager, replaced: StandingCertificate): Promise<Successor> {
    const batch = await lockBatch(tx, replaced.batchId);
    const run = await this.openRun(tx, replaced);
    const allocation = await this.allocate(tx, run, replaced);
    await this.key.publish(tx);
    const { registryNumber, place } = allocation;
    const { correctedFields: _, ...said } = replaced.snapshot;
    const snapshot = {
      ...said,
      ...{ registryNumber, certificateNumber: null, awardDate: run.awardedOn, version: 1, statusListIndex: place },
    };
    const version = await this.maker.make(snapshot, allocation.allocatedAt);
    await this.issued.write(tx, { batch, run }, [{ allocation, version }], 'replace');
    return { id: allocation.id, registryNumber };
  }

  private async openRun(tx: EntityManager, { id, batchId, snapshot: { occupation, issuer } }: StandingCertificate) {
    const run = {
      ...{ id: randomUUID(), batchId, awardedOn: this.clock.today() },
      ...{ occupationName: occupation.name, creditCode: issuer.creditCode },
    };
    await sql(tx, openRun, [run.id, id, run.awardedOn, accountId(), this.clock.now()]);
    return run;
  }

  private async allocate(tx: EntityManager, run: Run, replaced: StandingCertificate): Promise<Allocation> {
    const series = await lockSeries(tx, Number(run.awardedOn.slice(0, 4)));
    const [number] = await takeNumbers(tx, series, 1);
    const { list, places } = await takePlaces(tx, 1);
    const [place] = places;
    if (!number || place === undefined) throw new Error('no number was taken');
    const id = randomUUID();
    const { rowId, resultId, personId, replyId, approvedOn, snapshot } = replaced;
    await sql(tx, allocate, [
      ...[id, series.code, number.serial, number.registryNumber, run.id, list, place, run.awardedOn],
      ...[this.clock.now(), replaced.id],
    ]);
    return {
      ...{ id, rowId, replyId, resultId, personId, approvedOn, replaces: replaced.id, certificateNumber: null },
      ...{ registryNumber: number.registryNumber, statusList: list, place },
      ...{ allocatedAt: this.clock.instant(), name: '', maskedName: maskName(snapshot.holderName) },
      nameIndex: this.personal.nameIndex(snapshot.holderName),
    };
  }
}

const openRun = `
  insert into issue_run (id, batch_id, organisation_id, occupation_name, credit_code, awarded_on, allocated, started_by, started_at)
  select $1, run.batch_id, run.organisation_id, run.occupation_name, run.credit_code, $3, 1, $4, $5
  from ledger join issue_run as run on run.id = run_id where ledger.id = $2`;

/** Everything but its number, its place and its days is as with the certificate it stands for. */
const allocate = `
  insert into ledger (id, series, serial, registry_number, run_id, status_list, status_index, awarded_on, allocated_on,
    allocated_at, replaces, batch_id, row_id, reply_id, organisation_id, person_id, result_id, occupation_code, direction, level,
    approved_on)
  select $1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, batch_id, row_id, reply_id, organisation_id, person_id, result_id,
    occupation_code, direction, level, approved_on
  from ledger where id = $10`;
