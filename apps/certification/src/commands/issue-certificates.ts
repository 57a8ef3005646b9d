import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, List, Text, Uuid } from '@shuzheng/contracts';
import {
  actor,
  Audit,
  Clock,
  crashPoint,
  Database,
  Missing,
  notYetKnown,
  Organisations,
  refuseIf,
  row,
  rows,
  RuleRecords,
  schedule,
  sql,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accountId, type Batch, lockBatch, moveRows } from '../data/batches.js';
import { countOpenNationalReturns } from '../data/national-returns.js';
import { lockSeries, takeNumbers, takePlaces } from '../data/number-ledger.js';
import { realDay } from '../data/real-day.js';
import { refuseRows } from '../data/refusing.js';
import { SigningKey } from '../data/signing-key.js';
import {
  type ApprovedRow,
  faultsOfNumbers,
  type HoldReason,
  numbered,
  reasonsNotToIssue,
  sortOut,
  takenNumbers,
} from '../domain/issuing.js';
import { rowActs } from '../domain/row-states.js';

export class IssueReceipt {
  @Uuid() readonly runId!: string;
  @Int(1, 10000, { description: '已分配登记号的行数' }) readonly allocated!: number;
  @Int(0, 10000, { description: '因已有有效证书等原因暂不颁发的行数，见 issue-runs' }) readonly held!: number;
}

export class GivenNumber {
  @Uuid() readonly rowId!: string;
  @Text(1, 60, { description: '证书编号' }) readonly number!: string;
}

export class IssueOrder {
  @Day({ optional: true, description: '颁发日期，默认当天；不早于审核通过日期，不晚于当天' })
  readonly awardedOn?: string;
  @List(() => GivenNumber, 0, 5000, { optional: true, description: '评价机构自己的证书编号；未列出的行按报送的编号' })
  readonly numbers?: GivenNumber[];
}

/**
 * 颁发, its first step: every approved row of the batch gets its registry number, its place in the status list and its
 * award date. The second step, signing, is scheduled with it and goes on wherever it was stopped.
 */
export class IssueCertificates extends Command<IssueReceipt> {
  constructor(
    readonly batchId: string,
    readonly order: IssueOrder,
  ) {
    super();
  }
}

interface Row extends ApprovedRow {
  readonly replyId: string;
  readonly approvedOn: string;
}

interface Run {
  readonly runId: string;
  readonly batch: Batch;
  readonly awardedOn: string;
}

@CommandHandler(IssueCertificates)
export class IssueCertificatesHandler implements ICommandHandler<IssueCertificates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly organisations: Organisations,
    private readonly rules: RuleRecords,
    private readonly key: SigningKey,
  ) {}

  execute({ batchId, order }: IssueCertificates) {
    return this.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, batchId);
      if (batch.organisationId !== actor().organisationId) throw new Missing();
      await this.key.requireAtHand();
      const found = await rows<Row>(tx, lockApproved, [batchId]);
      const today = this.clock.today();
      const awardedOn = realDay('awardedOn', order.awardedOn ?? today);
      const waiting = await countWaiting(tx, batchId);
      const nationallyReturned = await this.nationallyReturned(tx, batchId);
      const approvedOn = found.map((one) => one.approvedOn);
      refuseIf(reasonsNotToIssue({ approvedOn, waiting, nationallyReturned, awardedOn, today }));
      refuseRows(faultsOfNumbers(order.numbers ?? [], new Set(found.map(({ rowId }) => rowId))));
      const approved = numbered(found, order.numbers ?? []);

      const series = await lockSeries(tx, Number(today.slice(0, 4)));
      const known = await standing(tx, batch, approved);
      refuseRows(takenNumbers(order.numbers ?? [], known.certificateNumbers));
      const { free, held } = sortOut(approved, known);
      if (free.length === 0) refuseRows(held.map(({ rowId, reason }) => ({ reference: rowId, rule: reason })));

      const run = { runId: randomUUID(), batch, awardedOn };
      await this.open(tx, run, free.length, held);
      await this.allocate(tx, run, free, series);
      await schedule(tx, 'sign-allocated', run.runId, this.clock.now(), { runId: run.runId, chunk: 0 });
      const counts = { allocated: free.length, held: held.length };
      await this.audit.note({ subject: `batch:${batchId}`, detail: { runId: run.runId, ...counts, awardedOn } });
      crashPoint('allocated-before-commit');
      return { runId: run.runId, ...counts };
    });
  }

  /** That a national return holds up its batch is the office's setting, not a document's: a dated rule may lift it. */
  private async nationallyReturned(tx: EntityManager, batchId: string) {
    const rule = { rule: 'national-return-blocks-issue', scope: 'programme', day: this.clock.today() };
    const set = await this.rules.find<{ blocks: boolean }>(tx, rule);
    return set?.value?.blocks === false ? 0 : countOpenNationalReturns(tx, batchId);
  }

  /** What all certificates of the run will say in common is written down with it, so that signing needs nobody else. */
  private async open(tx: EntityManager, { runId, batch, awardedOn }: Run, allocated: number, held: readonly Held[]) {
    const { id: batchId, organisationId, occupationCode } = batch;
    const [occupation, issuer] = [
      await this.rules.occupation(tx, occupationCode),
      await this.organisations.find(tx, organisationId),
    ];
    if (!occupation || !issuer) throw notYetKnown();
    await sql(
      tx,
      `insert into issue_run (id, batch_id, organisation_id, occupation_name, credit_code, awarded_on, allocated, started_by,
         started_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[runId, batchId, organisationId, occupation.name, issuer.creditCode ?? ''],
        ...[awardedOn, allocated, accountId(), this.clock.now()],
      ],
    );
    await sql(
      tx,
      `insert into issue_hold (run_id, organisation_id, row_id, reason)
       select $1::uuid, $2::uuid, * from unnest($3::uuid[], $4::text[])`,
      [runId, organisationId, held.map(({ rowId }) => rowId), held.map(({ reason }) => reason)],
    );
  }

  private async allocate(tx: EntityManager, { runId, batch, awardedOn }: Run, free: readonly Row[], series: Series) {
    const numbers = await takeNumbers(tx, series, free.length);
    const { list, places } = await takePlaces(tx, free.length);
    await sql(tx, writeLedger, [
      ...[series.code, runId, batch.id, batch.organisationId, batch.occupationCode, batch.direction, batch.level],
      ...[awardedOn, this.clock.today(), this.clock.now(), list],
      free.map(() => randomUUID()),
      numbers.map(({ serial }) => serial),
      numbers.map(({ registryNumber }) => registryNumber),
      free.map(({ rowId }) => rowId),
      free.map(({ replyId }) => replyId),
      free.map(({ personId }) => personId),
      free.map(({ resultId }) => resultId),
      free.map(({ certificateNumber }) => certificateNumber),
      places,
      free.map(({ approvedOn }) => approvedOn),
    ]);
    const ids = free.map(({ rowId }) => rowId);
    await moveRows(tx, ids, rowActs.allocate.from, rowActs.allocate.to);
  }
}

type Series = Awaited<ReturnType<typeof lockSeries>>;
interface Held {
  readonly rowId: string;
  readonly reason: HoldReason;
}

/** Who has a certificate of this kind already, in whichever institution; the issuer's own numbers that are in use. */
async function standing(tx: EntityManager, batch: Batch, approved: readonly Row[]) {
  const { occupationCode, direction, level, organisationId } = batch;
  const persons = approved.map(({ personId }) => personId);
  const results = approved.map(({ resultId }) => resultId);
  const found = await rows<{ personId: string; resultId: string }>(
    tx,
    `select person_id as "personId", result_id as "resultId" from standing($1::uuid[], $2::uuid[], $3, $4, $5)`,
    [persons, results, occupationCode, direction, level],
  );
  const used = await rows<{ number: string }>(
    tx,
    `select certificate_number as number from ledger
     where organisation_id = $1 and state <> 'void' and certificate_number = any($2::text[])`,
    [organisationId, approved.map(({ certificateNumber }) => certificateNumber)],
  );
  return {
    persons: new Set(found.map(({ personId }) => personId)),
    results: new Set(found.map(({ resultId }) => resultId)),
    certificateNumbers: new Set(used.map(({ number }) => number)),
  };
}

async function countWaiting(tx: EntityManager, batchId: string) {
  const found = await row<{ count: number }>(
    tx,
    `select count(*)::int as count from batch_row
     where batch_id = $1 and state in ('received', 'proposed', 'confirmed', 'sent')`,
    [batchId],
  );
  return found?.count ?? 0;
}

/** Numbers follow the order of the rows, so that the same batch is always numbered alike. */
const lockApproved = `
  select "rowId", "personId", "resultId", "certificateNumber", reply_id as "replyId", approved_on as "approvedOn" from (
    select id as "rowId", number, canonical_person(person_id) as "personId", result_id as "resultId", certificate_number as "certificateNumber"
    from batch_row where batch_id = $1 and state = 'approved' order by id for update
  ) as locked join reply_row on row_id = "rowId" order by number`;

const writeLedger = `
  insert into ledger (series, run_id, batch_id, organisation_id, occupation_code, direction, level, awarded_on, allocated_on,
    allocated_at, status_list, id, serial, registry_number, row_id, reply_id, person_id, result_id, certificate_number,
    status_index, approved_on)
  select $1::text, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::date, $9::date, $10::timestamptz, $11::int, *
  from unnest($12::uuid[], $13::int[], $14::text[], $15::uuid[], $16::uuid[], $17::uuid[], $18::uuid[], $19::text[], $20::int[],
    $21::date[])`;
