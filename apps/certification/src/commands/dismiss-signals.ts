import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Int, List, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { Attachments } from '../data/attachments.js';
import { accountId, departmentOnly } from '../data/batches.js';
import { type DismissibleSignal, faultsOfDismissal } from '../domain/signals/dismissing.js';
import { adviceOf } from '../domain/reasons.js';

export class Dismissal {
  @Prose(2, 500, { description: '核实情况与处理理由' }) readonly reason!: string;
  @Int(1, 100_000, { optional: true, description: '您所看到的疑点版本；事实有变化时不予处理' })
  readonly version?: number;
}

export class DismissalItem extends Dismissal {
  @Uuid() readonly signalId!: string;
  @Text(1, 100, { optional: true, description: '您自己的编号，原样返回' }) readonly reference?: string;
}

export class Dismissals {
  @List(() => DismissalItem, 1, 500) readonly items!: DismissalItem[];
}

export class DismissedSignal {
  @Uuid() readonly signalId!: string;
  @Int(1, 100_000) readonly version!: number;
  @Text(1, 100, { nullable: true }) readonly reference!: string | null;
}

export class RefusedItem {
  @Text(1, 100) readonly reference!: string;
  @Code() readonly rule!: string;
  @Text(1, 300) readonly advice!: string;
}

export class DismissalsReceipt {
  @List(() => DismissedSignal, 0, 500) readonly dismissed!: DismissedSignal[];
  @List(() => RefusedItem, 0, 2000) readonly refused!: RefusedItem[];
}

/** Somebody has looked into signals of a batch and says why they do not stand in the way. Each is judged by itself. */
export class DismissSignals extends Command<DismissalsReceipt> {
  constructor(
    readonly batchId: string,
    readonly items: readonly DismissalItem[],
  ) {
    super();
  }
}

/** The same for one signal, all or nothing. */
export class DismissSignal extends Command<DismissedSignal> {
  constructor(
    readonly signalId: string,
    readonly dismissal: Dismissal,
  ) {
    super();
  }
}

type Known = DismissibleSignal & { readonly id: string };

@CommandHandler(DismissSignals)
export class DismissSignalsHandler implements ICommandHandler<DismissSignals> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attachments: Attachments,
  ) {}

  execute({ batchId, items }: DismissSignals) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from batch where id = $1', [batchId]))) throw new Missing();
      refuseIf(await this.attachments.faults(tx, batchId));
      const known = await lockSignals(
        tx,
        batchId,
        items.map(({ signalId }) => signalId),
      );
      const faults = faultsOfDismissal(items, known);
      const refused = faults.map(({ item: { reference, signalId }, rule }) => ({
        ...{ reference: reference ?? signalId, rule, advice: adviceOf(rule) },
      }));
      const wrong = new Set(faults.map(({ item }) => item));
      const taken = items.filter((item) => !wrong.has(item));
      await dismiss(tx, taken, this.clock.now());
      await this.audit.note({
        subject: `batch:${batchId}`,
        detail: { dismissed: taken.length, refused: items.length - taken.length },
      });
      const dismissed = taken.map(({ signalId, reference = null }) => ({
        ...{ signalId, reference, version: (known.get(signalId)?.version ?? 0) + 1 },
      }));
      return { dismissed, refused };
    });
  }
}

@CommandHandler(DismissSignal)
export class DismissSignalHandler implements ICommandHandler<DismissSignal> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly attachments: Attachments,
  ) {}

  execute({ signalId, dismissal }: DismissSignal) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const of = await row<{ batchId: string }>(tx, 'select batch_id as "batchId" from signal where id = $1', [
        signalId,
      ]);
      if (!of) throw new Missing();
      const known = await lockSignals(tx, of.batchId, [signalId]);
      const item = { ...dismissal, signalId };
      const faults = faultsOfDismissal([item], known).map(({ rule }) => rule);
      refuseIf([...(await this.attachments.faults(tx, of.batchId)), ...faults]);
      await dismiss(tx, [item], this.clock.now());
      const signal = known.get(signalId);
      await this.audit.note({
        subject: `signal:${signalId}`,
        detail: { batchId: of.batchId, code: signal?.code ?? '' },
      });
      return { signalId, version: (signal?.version ?? 0) + 1, reference: null };
    });
  }
}

async function lockSignals(tx: EntityManager, batchId: string, ids: readonly string[]) {
  // Nobody looks at the batch meanwhile: facts do not change under a dismissal.
  await sql(tx, 'select 1 from signal_round where batch_id = $1 for update', [batchId]);
  const found = await rows<Known>(
    tx,
    'select id, code, state, version from signal where batch_id = $1 and id = any($2::uuid[]) order by id for update',
    [batchId, ids],
  );
  return new Map(found.map((signal) => [signal.id, signal]));
}

const dismiss = (tx: EntityManager, items: readonly DismissalItem[], now: Date) =>
  sql(tx, dismissAll, [items.map(({ signalId }) => signalId), items.map(({ reason }) => reason), accountId(), now]);

const dismissAll = `
  with said as (
    select * from unnest($1::uuid[], $2::text[]) as said (signal_id, reason)
  ), done as (
    update signal set state = 'dismissed', version = version + 1, changed_at = $4 from said where id = signal_id
    returning id, version, facts, setting, said.reason
  )
  insert into signal_change (signal_id, version, state, facts, setting, reason, by, at)
  select id, version, 'dismissed', facts, setting, reason, $3, $4 from done`;
