import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, levels, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { areOccupations } from '../data/known-occupations.js';
import { ownCity } from '../data/own.js';
import { reasonsNotToList } from '../domain/listing-locally.js';
import { plainName } from '../domain/registering.js';

export class CityEntryReceipt {
  @Uuid() readonly entryId!: string;
}

/** Record what the caller's own city lists: an institution, or a training project. */
export class RecordCityEntry extends Command<CityEntryReceipt> {
  @OneOf(['institution', 'project']) readonly kind!: string;
  @Uuid({ optional: true, description: '已登记的机构' }) readonly organisationId?: string;
  @Prose(2, 200, { optional: true, description: '机构或项目的名称；列已登记的机构时可省略' }) readonly name?: string;
  @Code({ example: '2-02-38-05' }) readonly occupationCode!: string;
  @OneOf(levels, { nullable: true, description: 'null 表示全部等级' }) readonly level!: string | null;
  @Day() readonly from!: string;
  @Day({ nullable: true, description: '最后一日；未写明时为 null' }) readonly to!: string | null;
  @Prose(2, 500, { description: '依据的文件' }) readonly document!: string;
}

@CommandHandler(RecordCityEntry)
export class RecordCityEntryHandler implements ICommandHandler<RecordCityEntry> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute(entry: RecordCityEntry) {
    const cityCode = ownCity();
    return this.db.transaction(async (tx) => {
      // One entry of a city at a time, so that two cannot both find the days free.
      await sql(tx, `select pg_advisory_xact_lock(hashtextextended('city-entry|' || $1, 0))`, [cityCode]);
      const organisation = await findOrganisation(tx, entry.organisationId);
      const typed = entry.name === undefined ? undefined : plainName(entry.name);
      const name = typed ?? organisation?.name;
      const occupationKnown = await areOccupations(tx, [entry.occupationCode]);
      const overlaps = name !== undefined && (await isListed(tx, cityCode, name, entry));
      refuseIf(
        reasonsNotToList({
          ...entry,
          name: typed,
          organisationRole: organisation?.role,
          organisationEnded: organisation?.ended === true,
          occupationKnown,
          overlaps,
        }),
      );

      const entryId = randomUUID();
      await insert(tx, entryId, { ...entry, cityCode, name: name ?? '' }, this.clock.now());
      await this.audit.note({ subject: `city-entry:${entryId}`, detail: { cityCode, kind: entry.kind } });
      return { entryId };
    });
  }
}

async function findOrganisation(tx: EntityManager, id: string | undefined) {
  if (id === undefined) return undefined;
  const found = await row<{ name: string; role: string; ended: boolean }>(
    tx,
    `select name, role, ended_from is not null as ended from organisation where id = $1 and role <> 'operator'`,
    [id],
  );
  if (!found) throw new Missing();
  return found;
}

async function isListed(tx: EntityManager, cityCode: string, name: string, entry: RecordCityEntry) {
  const { kind, occupationCode, level, from, to } = entry;
  if (to !== null && to < from) return false;
  const other = await row(
    tx,
    `select 1 from city_entry
     where city_code = $1 and kind = $2 and name_key(name) = name_key($3) and occupation_code = $4
       and level is not distinct from $5 and daterange(valid_from, valid_to, '[]') && daterange($6, $7, '[]') limit 1`,
    [cityCode, kind, name, occupationCode, level, from, to],
  );
  return other !== undefined;
}

const insert = (tx: EntityManager, id: string, one: RecordCityEntry & { cityCode: string; name: string }, at: Date) =>
  sql(
    tx,
    `insert into city_entry (id, city_code, kind, organisation_id, name, occupation_code, level, valid_from, valid_to,
       document, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      one.cityCode,
      one.kind,
      one.organisationId ?? null,
      one.name,
      one.occupationCode,
      one.level,
      one.from,
      one.to,
      one.document,
      at,
      actor().accountId ?? null,
    ],
  );
