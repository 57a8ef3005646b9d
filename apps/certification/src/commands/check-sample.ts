import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, List, OneOf, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Attachments } from '../data/attachments.js';
import { accountId, departmentOnly } from '../data/batches.js';
import { adviceOf } from '../domain/reasons.js';
import { faultsOfChecks } from '../domain/checking.js';

export const outcomes = ['sound', 'faulty', 'unclear'] as const;

export class Check {
  @Uuid() readonly rowId!: string;
  @OneOf(outcomes, { description: 'sound 属实、faulty 有误、unclear 待补充' }) readonly outcome!: string;
  @Prose(1, 500, { optional: true, description: '核查说明' }) readonly note?: string;
  @Text(1, 100, { optional: true, description: '您自己的编号，原样返回' }) readonly reference?: string;
}

export class Checks {
  @List(() => Check, 1, 500) readonly checks!: Check[];
}

export class RecordedCheck {
  @Uuid() readonly rowId!: string;
  @Text(1, 100, { nullable: true }) readonly reference!: string | null;
}

export class RefusedCheck {
  @Text(1, 100) readonly reference!: string;
  @Code() readonly rule!: string;
  @Text(1, 300) readonly advice!: string;
}

export class ChecksReceipt {
  @List(() => RecordedCheck, 0, 500) readonly recorded!: RecordedCheck[];
  @List(() => RefusedCheck, 0, 2000) readonly refused!: RefusedCheck[];
}

/** What was found when sampled rows were looked at by hand: each row by itself, and once. */
export class CheckSample extends Command<ChecksReceipt> {
  constructor(
    readonly sampleId: string,
    readonly checks: readonly Check[],
  ) {
    super();
  }
}

@CommandHandler(CheckSample)
export class CheckSampleHandler implements ICommandHandler<CheckSample> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attachments: Attachments,
  ) {}

  execute({ sampleId, checks }: CheckSample) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const of = await row<{ batchId: string }>(tx, 'select batch_id as "batchId" from sample where id = $1', [
        sampleId,
      ]);
      if (!of) throw new Missing();
      refuseIf(await this.attachments.faults(tx, of.batchId));
      const faults = faultsOfChecks(checks, await lockSampled(tx, sampleId));
      const refused = faults.map(({ check: { reference, rowId }, rule }) => ({
        ...{ reference: reference ?? rowId, rule, advice: adviceOf(rule) },
      }));
      const wrong = new Set(faults.map(({ check }) => check));
      const taken = checks.filter((check) => !wrong.has(check));
      await sql(tx, recordChecks, [
        taken.map(({ rowId }) => rowId),
        taken.map(({ outcome }) => outcome),
        taken.map(({ note }) => note ?? null),
        accountId(),
        this.clock.now(),
      ]);
      const faulty = taken.filter(({ outcome }) => outcome === 'faulty').length;
      await this.audit.note({ subject: `sample:${sampleId}`, detail: { checked: taken.length, faulty } });
      return { recorded: taken.map(({ rowId, reference = null }) => ({ rowId, reference })), refused };
    });
  }
}

async function lockSampled(tx: EntityManager, sampleId: string) {
  const found = await rows<{ id: string; outcome: string | null }>(
    tx,
    'select row_id as id, outcome from sample_row where sample_id = $1 order by row_id for update',
    [sampleId],
  );
  return new Map(found.map(({ id, outcome }) => [id, outcome]));
}

const recordChecks = `
  update sample_row set outcome = said.outcome, note = said.note, checked_by = $4, checked_at = $5
  from unnest($1::uuid[], $2::text[], $3::text[]) as said (row_id, outcome, note) where sample_row.row_id = said.row_id`;
