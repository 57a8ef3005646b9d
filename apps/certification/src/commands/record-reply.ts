import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, NationalReplyRecorded, Uuid } from '@shuzheng/contracts';
import {
  announce,
  Audit,
  Clock,
  Database,
  Files,
  Missing,
  Personal,
  refuseIf,
  row,
  rows,
  sql,
  XLSX,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accountId, type Batch, departmentOnly, lockBatch, moveRows } from '../data/batches.js';
import { refuseRows } from '../data/refusing.js';
import { faultsOfReply, reasonsNotToRecord, type ReplyLine } from '../domain/replying.js';
import { rowActs } from '../domain/row-states.js';

export class ReplyReceipt {
  @Uuid() readonly replyId!: string;
  @Int(0, 5000) readonly approved!: number;
  @Int(0, 5000) readonly returned!: number;
}

/** 审核: what the national office answered to a package, as it stands in the file. */
export class RecordReply extends Command<ReplyReceipt> {
  constructor(
    readonly packageId: string,
    readonly reply: {
      readonly lines: readonly ReplyLine[];
      readonly bytes: Buffer;
      readonly approvedOn: string;
      readonly receivedOn: string | undefined;
    },
  ) {
    super();
  }
}

interface SentRow {
  readonly id: string;
  readonly registryRow: string;
}

interface Answer {
  readonly id: string;
  readonly result: 'approved' | 'returned';
  readonly opinion: string;
}

@CommandHandler(RecordReply)
export class RecordReplyHandler implements ICommandHandler<RecordReply> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
    private readonly personal: Personal,
  ) {}

  execute({ packageId, reply }: RecordReply) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const sent = await sentPackage(tx, packageId);
      const batch = await lockBatch(tx, sent.batchId);
      const sentRows = await rows<SentRow>(tx, lockSent, [packageId]);
      const { lines, approvedOn, receivedOn = this.clock.today() } = reply;
      const recorded = (await row(tx, 'select 1 from reply where package_id = $1', [packageId])) !== undefined;
      const today = this.clock.today();
      refuseIf(reasonsNotToRecord({ recorded, approvedOn, receivedOn, today, sentOn: sent.sentOn }));
      const known = new Set(sentRows.map(({ registryRow }) => registryRow));
      refuseRows(faultsOfReply(lines, known, approvedOn), ['reply-rows-wrong']);

      const answers = answersOf(sentRows, lines);
      const approved = answers.filter(({ result }) => result === 'approved').length;
      const counts = { approved, returned: answers.length - approved };
      const replyId = randomUUID();
      await this.store(tx, { replyId, packageId, batch, answers, counts, approvedOn, receivedOn, bytes: reply.bytes });

      const { id: batchId, organisationId } = batch;
      announce(tx, NationalReplyRecorded, { replyId, batchId, organisationId, approvedOn, receivedOn, ...counts });
      await this.audit.note({ subject: `batch:${batchId}`, detail: { packageId, approvedOn, ...counts } });
      return { replyId, ...counts };
    });
  }

  private async store(tx: EntityManager, reply: Stored) {
    const { replyId, packageId, batch, answers, counts, approvedOn, receivedOn, bytes } = reply;
    const { sha256 } = await this.files.keep(tx, bytes, { mediaType: XLSX, purpose: 'national-reply' });
    await sql(
      tx,
      `insert into reply (id, package_id, batch_id, organisation_id, approved_on, received_on, sha256, approved, returned,
         recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[replyId, packageId, batch.id, batch.organisationId, approvedOn, receivedOn, sha256],
        ...[counts.approved, counts.returned, accountId(), this.clock.now()],
      ],
    );
    await sql(tx, storeAnswers, [
      ...[replyId, packageId, batch.organisationId, approvedOn],
      answers.map(({ id }) => id),
      answers.map(({ result }) => result),
      answers.map(({ id, opinion }) =>
        opinion === '' ? null : this.personal.seal('reply_row', 'opinion_sealed', id, opinion),
      ),
    ]);
    const ids = (wanted: Answer['result']) => answers.filter(({ result }) => result === wanted).map(({ id }) => id);
    await moveRows(tx, ids('approved'), rowActs.approve.from, rowActs.approve.to);
    const { from, to } = rowActs['return-nationally'];
    await moveRows(tx, ids('returned'), from, to);
  }
}

interface Stored {
  readonly replyId: string;
  readonly packageId: string;
  readonly batch: Batch;
  readonly answers: readonly Answer[];
  readonly counts: { readonly approved: number; readonly returned: number };
  readonly approvedOn: string;
  readonly receivedOn: string;
  readonly bytes: Buffer;
}

async function sentPackage(tx: EntityManager, packageId: string) {
  const found = await row<{ batchId: string; sentOn: string }>(
    tx,
    'select batch_id as "batchId", sent_on as "sentOn" from package where id = $1',
    [packageId],
  );
  if (!found) throw new Missing();
  return found;
}

function answersOf(sent: readonly SentRow[], lines: readonly ReplyLine[]): Answer[] {
  const ids = new Map(sent.map(({ id, registryRow }) => [registryRow, id]));
  return lines.flatMap(({ registryRow, decision, opinion }) => {
    const id = ids.get(registryRow);
    return id ? [{ id, result: decision === '通过' ? ('approved' as const) : ('returned' as const), opinion }] : [];
  });
}

const lockSent = `
  select row.id, registry_row as "registryRow"
  from batch_row as row join package_row on row_id = row.id
  where package_id = $1 order by row.id for update of row`;

const storeAnswers = `
  insert into reply_row (reply_id, package_id, organisation_id, approved_on, row_id, result, opinion_sealed)
  select $1::uuid, $2::uuid, $3::uuid, $4::date, * from unnest($5::uuid[], $6::text[], $7::text[])`;
