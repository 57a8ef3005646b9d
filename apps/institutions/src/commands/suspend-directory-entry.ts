import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, DirectoryEntrySuspended, Int, Prose, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { keepEntryVersions, lockEntry } from '../data/directory-entries.js';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToSuspend } from '../domain/suspending.js';

export class SuspensionReceipt {
  @Uuid() readonly entryId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class Suspension {
  @Day({ description: '自该日起不得新开展活动' }) readonly from!: string;
  @Prose(2, 500, { description: '依据' }) readonly basis!: string;
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
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ entryId, suspension: { from, basis } }: SuspendDirectoryEntry) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      const { organisationId, version, ...entry } = await lockEntry(tx, entryId);
      requireVersion(version);
      refuseIf(reasonsNotToSuspend({ ...entry, from }));

      await write(tx, entryId, from, basis);
      await keepEntryVersions(tx, [entryId], { act: 'suspend', basis, at: this.clock.now() });
      announce(tx, DirectoryEntrySuspended, { entryId, organisationId, from, basis });
      await this.audit.note({ subject: `directory-entry:${entryId}`, detail: { suspendedFrom: from } });
      return { entryId, version: version + 1 };
    });
  }
}

async function write(tx: EntityManager, entryId: string, from: string, basis: string) {
  await sql(
    tx,
    'update directory_entry set suspended_from = $2, suspension_basis = $3, version = version + 1 where id = $1',
    [entryId, from, basis],
  );
  await sql(
    tx,
    `insert into directory_suspension (entry_id, sequence, suspended_from, basis)
     select $1, count(*) + 1, $2, $3 from directory_suspension where entry_id = $1`,
    [entryId, from, basis],
  );
}
