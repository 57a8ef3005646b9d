import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, DirectoryEntryRecorded, Int, Prose, Sha256, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, Files, refuseIf, row, sha256, sql, XLSX } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { asEvent, keepEntryVersions } from '../data/directory-entries.js';
import { type DirectoryList, refuseRows } from '../data/directory-reader.js';
import { findRows, insertEntries, lockOrganisations, overlappingRows } from '../data/directory-rows.js';
import { requireProvince } from '../data/province-only.js';
import {
  type Entry,
  entryOf,
  nothingFound,
  parsed,
  repeatedRows,
  rowFaults,
} from '../domain/checking-directory-rows.js';

export class BatchReceipt {
  @Uuid() readonly batchId!: string;
  @Int(1, 1000, { description: '录入的条目数' }) readonly entries!: number;
  @Sha256({ description: '文件的摘要' }) readonly sha256!: string;
}

export class BatchNote {
  @Prose(1, 100, { description: '批次，例如 第三批' }) readonly batch!: string;
  @Prose(1, 500, { description: '出处' }) readonly source!: string;
  @Day({ description: '公布日期' }) readonly publishedOn!: string;
}

/** Take in a list of the ministry that has been read: all of its rows, or none. The same file is taken in once. */
export class RecordDirectoryBatch extends Command<BatchReceipt> {
  constructor(
    readonly bytes: Buffer,
    readonly list: DirectoryList,
    readonly note: BatchNote,
  ) {
    super();
  }
}

@CommandHandler(RecordDirectoryBatch)
export class RecordDirectoryBatchHandler implements ICommandHandler<RecordDirectoryBatch> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  execute({ bytes, list, note }: RecordDirectoryBatch) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      // One list at a time, so that two uploads of one file do not both find it new.
      await sql(tx, `select pg_advisory_xact_lock(hashtextextended('directory-batch', 0))`);
      const before = await findBatch(tx, sha256(bytes));
      if (before) return this.again(before, note);

      const entries = await checked(tx, list);
      const batchId = randomUUID();
      const kept = await this.files.keep(tx, bytes, { mediaType: XLSX, purpose: 'directory-batch' });
      await insertBatch(tx, batchId, note, { ...kept, entries: entries.length }, this.clock.now());
      await this.record(tx, entries, batchId, note);
      await this.audit.note({ subject: `directory-batch:${batchId}`, detail: { entries: entries.length, ...kept } });
      return { batchId, entries: entries.length, sha256: kept.sha256 };
    });
  }

  private async again({ batch, source, publishedOn, ...receipt }: KnownBatch, note: BatchNote) {
    const same = batch === note.batch && source === note.source && publishedOn === note.publishedOn;
    refuseIf(same ? [] : ['directory-batch-differs']);
    await this.audit.note({ subject: `directory-batch:${receipt.batchId}`, detail: { repeated: true } });
    return receipt;
  }

  private async record(tx: EntityManager, entries: readonly Entry[], batchId: string, { batch, source }: BatchNote) {
    const at = this.clock.now();
    const ids = entries.map(() => randomUUID());
    await insertEntries(tx, ids, entries, { batchId, batch, source, at });
    await keepEntryVersions(tx, ids, { act: 'record', at });
    entries.forEach(({ from: validFrom, to: validTo, levels: joined, ...entry }, nth) => {
      const levels = joined === null ? null : joined.split(',');
      announce(tx, DirectoryEntryRecorded, asEvent(ids[nth] ?? '', { ...entry, levels, validFrom, validTo, batch }));
    });
  }
}

/** The entries that the rows ask for; refuses with every fault of every row. */
async function checked(tx: EntityManager, list: DirectoryList): Promise<Entry[]> {
  const asked = list.rows.map(parsed);
  const first = await findRows(tx, asked);
  await lockOrganisations(tx, [...new Set(first.flatMap(({ organisationId }) => organisationId ?? []))]);
  // Looked at again under the lock: one of them may have ended or been renamed meanwhile.
  const found = await findRows(tx, asked);
  const judged = asked.map((row, index) => {
    const known = found[index] ?? nothingFound;
    const faults = rowFaults(row, known, index);
    return { faults, entry: faults.length === 0 ? entryOf(row, known) : undefined };
  });
  const entries = judged.map(({ entry }) => entry);
  refuseRows(list, [
    ...judged.flatMap(({ faults }) => faults),
    ...repeatedRows(entries),
    ...(await overlappingRows(tx, entries)),
  ]);
  return entries.filter((entry) => entry !== undefined);
}

type KnownBatch = BatchNote & BatchReceipt;

const findBatch = (tx: EntityManager, digest: string) =>
  row<KnownBatch>(
    tx,
    `select id as "batchId", entries, sha256, name as batch, source, published_on as "publishedOn"
     from directory_batch where sha256 = $1`,
    [digest],
  );

const insertBatch = (
  tx: EntityManager,
  id: string,
  { batch, source, publishedOn }: BatchNote,
  { fileId, sha256: digest, entries }: { fileId: string; sha256: string; entries: number },
  at: Date,
) =>
  sql(
    tx,
    `insert into directory_batch (id, name, source, published_on, sha256, file_id, entries, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, batch, source, publishedOn, digest, fileId, entries, at, actor().accountId ?? null],
  );
