import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, DirectoryEntryRecorded, Int, Prose, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import { asEvent, isTaken, keepEntryVersions, lockEntry } from '../data/directory-entries.js';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToChangeDates } from '../domain/suspending.js';

export class EntryDatesReceipt {
  @Uuid() readonly entryId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class EntryDates {
  @Day({ nullable: true, description: '最后一日；未写明时为 null' }) readonly to!: string | null;
  @Prose(2, 500, { description: '延续或提前终止的依据' }) readonly basis!: string;
  @Prose(2, 500, { optional: true, description: '最后一日早于今日时，写明规定追溯的文件和条款' })
  readonly retroactiveBasis?: string;
}

/** End an entry earlier, or prolong it. */
export class ChangeEntryDates extends Command<EntryDatesReceipt> {
  constructor(
    readonly entryId: string,
    readonly dates: EntryDates,
  ) {
    super();
  }
}

@CommandHandler(ChangeEntryDates)
export class ChangeEntryDatesHandler implements ICommandHandler<ChangeEntryDates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ entryId, dates }: ChangeEntryDates) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      const entry = await lockEntry(tx, entryId);
      requireVersion(entry.version);
      const overlaps = entry.suspendedFrom === null && (await isTaken(tx, entryId, entry.validFrom, dates.to));
      refuseIf(reasonsNotToChangeDates({ ...entry, ...dates, today: this.clock.today(), overlaps }));

      const { to, basis } = dates;
      await sql(tx, 'update directory_entry set valid_to = $2, version = version + 1 where id = $1', [entryId, to]);
      const reason = [basis, dates.retroactiveBasis].filter(Boolean).join('；');
      await keepEntryVersions(tx, [entryId], { act: 'change-dates', basis: reason, at: this.clock.now() });
      announce(tx, DirectoryEntryRecorded, asEvent(entryId, { ...entry, validTo: to }));
      await this.audit.note({ subject: `directory-entry:${entryId}`, detail: { to } });
      return { entryId, version: entry.version + 1 };
    });
  }
}
