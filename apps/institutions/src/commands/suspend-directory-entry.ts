import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, DirectoryEntrySuspended, Int, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Database, Missing, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToSuspend } from '../domain/suspending.js';

export class SuspensionReceipt {
  @Uuid() readonly entryId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class Suspension {
  @Day({ description: '自该日起不得新开展活动' }) readonly from!: string;
  @Text(2, 500, { description: '依据' }) readonly basis!: string;
}

/** Stop a directory entry from a day on: the province's own measure, with its basis. */
export class SuspendDirectoryEntry extends Command<SuspensionReceipt> {
  constructor(
    readonly entryId: string,
    readonly suspension: Suspension,
  ) {
    super();
  }
}

@CommandHandler(SuspendDirectoryEntry)
export class SuspendDirectoryEntryHandler implements ICommandHandler<SuspendDirectoryEntry> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ entryId, suspension: { from, basis } }: SuspendDirectoryEntry) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      const { organisationId, version, ...entry } = await lockEntry(tx, entryId);
      requireVersion(version);
      refuseIf(reasonsNotToSuspend({ ...entry, from }));

      await sql(
        tx,
        'update directory_entry set suspended_from = $2, suspension_basis = $3, version = version + 1 where id = $1',
        [entryId, from, basis],
      );
      announce(tx, DirectoryEntrySuspended, { entryId, organisationId, from, basis });
      await this.audit.note({ subject: `directory-entry:${entryId}`, detail: { suspendedFrom: from } });
      return { entryId, version: version + 1 };
    });
  }
}

interface Entry {
  readonly organisationId: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly suspendedFrom: string | null;
}

async function lockEntry(tx: EntityManager, id: string) {
  const found = await row<Entry>(
    tx,
    `select organisation_id as "organisationId", version, valid_from as "validFrom", valid_to as "validTo",
       suspended_from as "suspendedFrom"
     from directory_entry where id = $1 for update`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}
