import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Int, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Invalid, refuseIf, rows, sha256, sql } from '@shuzheng/platform';
import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Attachments } from '../data/attachments.js';
import { accountId, departmentOnly, lockBatch } from '../data/batches.js';
import { Signals } from '../data/signals.js';
import { undecidedStates } from '../domain/row-states.js';
import { drawnRows, SAMPLING, sampleSize } from '../domain/sampling.js';

export class SampleReceipt {
  @Uuid() readonly sampleId!: string;
  @Code({ description: '抽样种子；凭种子和当时的行可以重现' }) readonly seed!: string;
  @Int(0, 5000, { description: '可抽的行数' }) readonly eligible!: number;
  @Int(0, 5000, { description: '随机抽中的行数' }) readonly drawn!: number;
  @Int(0, 5000, { description: '因疑点另行列入的行数' }) readonly flagged!: number;
}

/** Either a share or a number of rows. */
export class SampleOrder {
  @Int(1, 100, { optional: true }) readonly percent?: number;
  @Int(1, 5000, { optional: true }) readonly count?: number;
  @Code({ optional: true, description: '省略时由系统随机产生' }) readonly seed?: string;
}

/** 抽查: draws rows that nobody has decided on, and adds every row with an open signal. */
export class DrawSample extends Command<SampleReceipt> {
  constructor(
    readonly batchId: string,
    readonly order: SampleOrder,
  ) {
    super();
  }
}

@CommandHandler(DrawSample)
export class DrawSampleHandler implements ICommandHandler<DrawSample> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attachments: Attachments,
    private readonly signals: Signals,
  ) {}

  execute({ batchId, order }: DrawSample) {
    departmentOnly();
    if ((order.percent === undefined) === (order.count === undefined))
      throw new Invalid([{ field: 'percent', check: 'either-percent-or-count' }]);
    return this.db.transaction(async (tx) => {
      await lockBatch(tx, batchId);
      await this.signals.assess(tx, batchId);
      const eligible = await eligibleRows(tx, batchId);
      refuseIf([
        ...(await this.attachments.faults(tx, batchId)),
        ...(eligible.length === 0 ? ['nothing-to-sample'] : []),
      ]);

      const seed = order.seed ?? randomBytes(16).toString('hex');
      const population = eligible.map(({ id }) => id).sort();
      const drawn = drawnRows(population, { seed, size: sampleSize(order, population.length), digest: sha256 });
      const taken = new Set(drawn);
      const flagged = eligible.filter(({ id, flagged }) => flagged && !taken.has(id)).map(({ id }) => id);
      const sampleId = randomUUID();
      await sql(tx, insertSample, [
        ...[sampleId, batchId, seed, SAMPLING, order.percent ?? null, order.count ?? null],
        ...[population, drawn.length, flagged.length, accountId(), this.clock.now()],
      ]);
      await sql(tx, insertRows, [sampleId, drawn, flagged]);
      const counts = { eligible: population.length, drawn: drawn.length, flagged: flagged.length };
      await this.audit.note({ subject: `batch:${batchId}`, detail: { sampleId, ...counts } });
      return { sampleId, seed, ...counts };
    });
  }
}

/** A row is sampled once; whoever draws again draws from the rest. */
const eligibleRows = (tx: EntityManager, batchId: string) =>
  rows<{ id: string; flagged: boolean }>(
    tx,
    `select id, exists (select from signal where row_id = row.id and state = 'open') as flagged
     from batch_row as row where batch_id = $1 and state = any($2::text[])
       and not exists (select from sample_row where row_id = row.id)`,
    [batchId, undecidedStates],
  );

const insertSample = `
  insert into sample (id, batch_id, nth, seed, algorithm, percent, count, population, drawn, flagged, drawn_by, drawn_at)
  select $1::uuid, $2::uuid, coalesce(max(nth), 0) + 1, $3, $4, $5::int, $6::int, $7::uuid[], $8::int, $9::int, $10::uuid,
    $11::timestamptz from sample where batch_id = $2::uuid`;

const insertRows = `
  insert into sample_row (sample_id, row_id, why)
  select $1::uuid, id, 'drawn' from unnest($2::uuid[]) as id union all select $1::uuid, id, 'flagged' from unnest($3::uuid[]) as id`;
