import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, NationalReplyRecorded, RowsNationallyReturned, Uuid } from '@shuzheng/contracts';
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
import { groupedBy, inPieces } from '../data/counting.js';
import { takeOutVoided } from '../data/removed-rows.js';
import { refuseRows } from '../data/refusing.js';
import { contradictions, faultsOfReply, reasonsNotToRecord, type ReplyLine } from '../domain/replying.js';
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
  readonly resultId: string;
  readonly personId: string;
  readonly result: 'approved' | 'returned' | null;
  readonly approvedOn: string;
}

interface Answer {
  readonly id: string;
  readonly resultId: string;
  readonly personId: string;
  readonly result: 'approved' | 'returned';
  readonly approvedOn: string;
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
      refuseContradictions(lines, sentRows);
      const today = this.clock.today();
      refuseIf(reasonsNotToRecord({ approvedOn, receivedOn, today, sentOn: sent.sentOn }));
      const known = new Set(sentRows.map(({ registryRow }) => registryRow));
      refuseRows(faultsOfReply(lines, known, { sentOn: sent.sentOn, receivedOn }), ['reply-rows-wrong']);

      const answers = answersOf(sentRows, lines, approvedOn);
      const approved = answers.filter(({ result }) => result === 'approved').length;
      const counts = { approved, returned: answers.length - approved };
      const replyId = randomUUID();
      await this.store(tx, { replyId, packageId, batch, answers, counts, approvedOn, receivedOn, bytes: reply.bytes });

      const batchId = batch.id;
      tell(tx, batch, { replyId, approvedOn, receivedOn }, answers);
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
      ...[replyId, packageId, batch.organisationId, receivedOn],
      answers.map(({ id }) => id),
      answers.map(({ result }) => result),
      answers.map((answer) => answer.approvedOn),
      answers.map(({ id, opinion }) =>
        opinion === '' ? null : this.personal.seal('reply_row', 'opinion_sealed', id, opinion),
      ),
    ]);
    const ids = (wanted: Answer['result']) => answers.filter(({ result }) => result === wanted).map(({ id }) => id);
    await moveRows(tx, ids('approved'), rowActs.approve.from, rowActs.approve.to);
    const { from, to } = rowActs['return-nationally'];
    await moveRows(tx, ids('returned'), from, to);
    await takeOutVoided(
      tx,
      answers.map(({ resultId }) => resultId),
      this.clock.now(),
    );
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

/** A reply is recorded once. One that comes after it is told where it differs. */
function refuseContradictions(lines: readonly ReplyLine[], sent: readonly SentRow[]) {
  const recorded = new Map(
    sent.flatMap(({ registryRow, result, approvedOn }) =>
      result === null ? [] : [[registryRow, { result, approvedOn }] as const],
    ),
  );
  if (recorded.size === 0) return;
  refuseRows(contradictions(lines, recorded), ['reply-recorded']);
  refuseIf(['reply-recorded']);
}

function answersOf(sent: readonly SentRow[], lines: readonly ReplyLine[], approvedOn: string): Answer[] {
  const known = new Map(sent.map((row) => [row.registryRow, row]));
  return lines.flatMap((line) => {
    const row = known.get(line.registryRow);
    if (!row) return [];
    const { id, resultId, personId } = row;
    const about = { id, resultId, personId, opinion: line.opinion, approvedOn: line.approvedOn || approvedOn };
    return [{ ...about, result: line.decision === '通过' ? ('approved' as const) : ('returned' as const) }];
  });
}

interface Days {
  readonly replyId: string;
  readonly approvedOn: string;
  readonly receivedOn: string;
}

/** One event says one approval day: each day starts thirty days of its own. What was returned is told with the first. */
function tell(tx: EntityManager, batch: Batch, { replyId, approvedOn, receivedOn }: Days, answers: readonly Answer[]) {
  const { id: batchId, sessionId, organisationId } = batch;
  const about = { replyId, batchId, organisationId };
  const approved = answers.filter(({ result }) => result === 'approved');
  const returned = answers.filter(({ result }) => result === 'returned');
  const days = [...groupedBy(approved, (answer) => answer.approvedOn)].map(([day, all]) => [day, all.length] as const);
  const told = days.length > 0 ? days.sort() : [[approvedOn, 0] as const];
  for (const [i, [day, count]] of told.entries()) {
    const counts = { approved: count, returned: i === 0 ? returned.length : 0 };
    announce(tx, NationalReplyRecorded, { ...about, approvedOn: day, receivedOn, ...counts });
  }
  for (const piece of inPieces(returned)) {
    const rows = piece.map(({ id: rowId, resultId, personId }) => ({ rowId, resultId, personId }));
    announce(tx, RowsNationallyReturned, { ...about, sessionId, returnedOn: receivedOn, rows });
  }
}

const lockSent = `
  select row.id, registry_row as "registryRow", row.result_id as "resultId", row.person_id as "personId",
    reply_row.result, reply_row.approved_on as "approvedOn"
  from batch_row as row join package_row on package_row.row_id = row.id left join reply_row on reply_row.row_id = row.id
  where package_row.package_id = $1 order by row.id for update of row`;

const storeAnswers = `
  insert into reply_row (reply_id, package_id, organisation_id, received_on, row_id, result, approved_on, opinion_sealed)
  select $1::uuid, $2::uuid, $3::uuid, $4::date, * from unnest($5::uuid[], $6::text[], $7::date[], $8::text[])`;
