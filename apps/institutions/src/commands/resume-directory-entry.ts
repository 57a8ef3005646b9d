import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, DirectoryEntryResumed, Int, Prose, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { isTaken, keepEntryVersions, lockEntry } from '../data/directory-entries.js';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToResume } from '../domain/suspending.js';

export class ResumptionReceipt {
  @Uuid() readonly entryId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class EntryResumption {
  @Day({ description: '自该日起重新有效' }) readonly from!: string;
  @Prose(2, 500, { description: '依据' }) readonly basis!: string;
}

/** Let a suspended entry count again from a day on. */
export class ResumeDirectoryEntry extends Command<ResumptionReceipt> {
  constructor(
    readonly entryId: string,
    readonly resumption: EntryResumption,
  ) {
    super();
  }
}

@CommandHandler(ResumeDirectoryEntry)
export class ResumeDirectoryEntryHandler implements ICommandHandler<ResumeDirectoryEntry> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ entryId, resumption: { from, basis } }: ResumeDirectoryEntry) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      const { organisationId, version, ...entry } = await lockEntry(tx, entryId);
      requireVersion(version);
      const overlaps = entry.suspendedFrom !== null && (await isTaken(tx, entryId, entry.suspendedFrom, entry.validTo));
      refuseIf(reasonsNotToResume({ ...entry, from, today: this.clock.today(), overlaps }));

      await write(tx, entryId, from, basis);
      await keepEntryVersions(tx, [entryId], { act: 'resume', basis, at: this.clock.now() });
      announce(tx, DirectoryEntryResumed, { entryId, organisationId, from, basis });
      await this.audit.note({ subject: `directory-entry:${entryId}`, detail: { resumedFrom: from } });
      return { entryId, version: version + 1 };
    });
  }
}

async function write(tx: EntityManager, entryId: string, from: string, basis: string) {
  await sql(
    tx,
    'update directory_entry set suspended_from = null, suspension_basis = null, version = version + 1 where id = $1',
    [entryId],
  );
  await sql(
    tx,
    `update directory_suspension set resumed_from = $2, resumption_basis = $3
     where entry_id = $1 and resumed_from is null`,
    [entryId, from, basis],
  );
}
