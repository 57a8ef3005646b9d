import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, DirectoryEntryRecorded, directoryRoles, OneOf, Prose, Texts, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { asEvent, keepEntryVersions } from '../data/directory-entries.js';
import { lockOrganisation } from '../data/organisations.js';
import { requireProvince } from '../data/province-only.js';
import { inOrder, reasonsNotToEnter } from '../domain/entering.js';

export class EntryReceipt {
  @Uuid() readonly entryId!: string;
}

/** Record one dated row of the ministry's directory. */
export class RecordDirectoryEntry extends Command<EntryReceipt> {
  @Uuid() readonly organisationId!: string;
  @OneOf(directoryRoles) readonly role!: string;
  @Code({ example: '2-02-38-05' }) readonly occupationCode!: string;
  @Prose(1, 100, { nullable: true, description: '目录未写明方向时为 null，表示全部方向' })
  readonly direction!: string | null;
  @Texts(3, { nullable: true, description: '目录未写明等级时为 null，表示全部等级' })
  readonly levels!: string[] | null;
  @Day() readonly from!: string;
  @Day({ nullable: true, description: '最后一日；未写明时为 null' }) readonly to!: string | null;
  @Prose(1, 100, { description: '批次' }) readonly batch!: string;
  @Prose(1, 500, { description: '出处' }) readonly source!: string;
}

@CommandHandler(RecordDirectoryEntry)
export class RecordDirectoryEntryHandler implements ICommandHandler<RecordDirectoryEntry> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute(entry: RecordDirectoryEntry) {
    requireProvince('directory:manage');
    return this.db.transaction(async (tx) => {
      const levels = inOrder(entry.levels);
      // The lock makes entries of one organisation queue, so that two cannot both find the days free.
      const { role: organisationRole, endedFrom } = await lockOrganisation(tx, entry.organisationId);
      const { occupationKnown, overlaps } = await whatIsThere(tx, entry, levels);
      const ended = endedFrom !== null;
      refuseIf(reasonsNotToEnter({ ...entry, organisationRole, ended, occupationKnown, overlaps }));

      const entryId = randomUUID();
      await insert(tx, entryId, entry, levels, this.clock.now());
      await keepEntryVersions(tx, [entryId], { act: 'record', at: this.clock.now() });
      const [validFrom, validTo] = [entry.from, entry.to];
      announce(
        tx,
        DirectoryEntryRecorded,
        asEvent(entryId, { ...entry, levels: levels === null ? null : levels.split(','), validFrom, validTo }),
      );
      await this.audit.note({ subject: `directory-entry:${entryId}`, detail: { occupation: entry.occupationCode } });
      return { entryId };
    });
  }
}

async function whatIsThere(tx: EntityManager, entry: RecordDirectoryEntry, levels: string | null) {
  const { organisationId, role, occupationCode, direction, from, to } = entry;
  const occupation = await row(tx, 'select 1 from occupation where code = $1', [occupationCode]);
  const same =
    (to === null || from <= to) &&
    (await row(
      tx,
      `select 1 from directory_entry
       where organisation_id = $1 and role = $2 and occupation_code = $3 and direction is not distinct from $4
         and levels is not distinct from $5 and in_force && daterange($6, $7, '[]') limit 1`,
      [organisationId, role, occupationCode, direction, levels, from, to],
    ));
  return { occupationKnown: occupation !== undefined, overlaps: Boolean(same) };
}

const insert = (tx: EntityManager, id: string, entry: RecordDirectoryEntry, levels: string | null, at: Date) =>
  sql(
    tx,
    `insert into directory_entry (id, organisation_id, role, occupation_code, direction, levels, valid_from, valid_to, batch, source, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      entry.organisationId,
      entry.role,
      entry.occupationCode,
      entry.direction,
      levels,
      entry.from,
      entry.to,
      entry.batch,
      entry.source,
      at,
    ],
  );
