import { Code, Day, Int, levels, OneOf, Prose, type StaffRecorded, Texts, Uuid } from '@shuzheng/contracts';
import { atLast, Missing, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { knownConfidences } from '../domain/known.js';
import { type StaffWarning, staffWarnings } from '../domain/qualifying.js';

/** What somebody is qualified for, and by which certificate. */
export class QualificationContent {
  @Code({ example: '2-02-38-05' }) readonly occupationCode!: string;
  @OneOf(levels, { nullable: true, description: 'null 表示全部等级' }) readonly level!: string | null;
  @Prose(1, 200, { description: '职称、等级或证书名称，不填证书编号以外的个人信息' }) readonly certificate!: string;
  @Prose(1, 200, { description: '出处或发证单位' }) readonly source!: string;
  @Day() readonly from!: string;
  @Day({ nullable: true }) readonly to!: string | null;
}

export class StaffReceipt {
  @Uuid() readonly staffId!: string;
  @Int(1, 1_000_000) readonly version!: number;
  @Texts(10, { description: '提示，不影响登记' }) readonly warnings!: string[];
}

export const inWords = (warnings: readonly StaffWarning[]) => warnings.map((code) => `${code}：${staffWarnings[code]}`);

export interface StaffRow {
  readonly kind: string;
  readonly cityCode: string;
  readonly maskedName: string;
  readonly from: string;
  readonly to: string | null;
  readonly ended: boolean;
  readonly version: number;
}

export async function lockStaff(tx: EntityManager, id: string, organisationId: string) {
  const found = await row<StaffRow & Record<string, unknown>>(
    tx,
    `select kind, city_code as "cityCode", masked_name as "maskedName", valid_from as "from", valid_to as "to",
       end_basis is not null as ended, version
     from staff where id = $1 and organisation_id = $2 for update`,
    [id, organisationId],
  );
  if (!found) throw new Missing();
  return found;
}

interface Asked {
  readonly organisationId: string;
  readonly kind: string;
  /** Where somebody is new: of this name. */
  readonly nameIndex?: string;
  readonly qualifications: readonly QualificationContent[];
  readonly day: string;
}

/**
 * Is each of these an occupation, is what the standard demands of its teachers known on the day, and is somebody of the
 * same name on the list already? No document says what is demanded of examiners.
 */
export async function factsOf(tx: EntityManager, { organisationId, kind, nameIndex, qualifications, day }: Asked) {
  const found = await row<{ occupationsKnown: boolean; demandKnown: boolean; sameName: boolean }>(tx, facts, [
    qualifications.map(({ occupationCode }) => occupationCode),
    qualifications.map(({ level }) => level),
    day,
    knownConfidences,
    kind,
    organisationId,
    nameIndex ?? null,
  ]);
  if (!found) throw new Error('facts without a row');
  return found;
}

const facts = `
  select
    not exists (select unnest($1::text[]) except select code from occupation) as "occupationsKnown",
    $5 = 'teacher' and not exists (
      select from unnest($1::text[], $2::text[]) as asked (occupation, level)
      cross join unnest(array['junior', 'intermediate', 'senior']) as each (level)
      where (asked.level is null or asked.level = each.level) and not exists (
        select from rule_record
        where rule = 'teachers' and scope = asked.occupation and rule_record.level = each.level and value is not null
          and confidence = any ($4::text[]) and valid_from <= $3 and (valid_to is null or $3 <= valid_to)
          and (withdrawn_on is null or $3 < withdrawn_on)
      )) as "demandKnown",
    exists (
      select from staff
      where organisation_id = $6 and kind = $5 and name_index = $7 and end_basis is null
    ) as "sameName"`;

interface Holder {
  readonly staffId: string;
  readonly organisationId: string;
  readonly cityCode: string;
}

/** Keeps these qualifications in the place of those before. */
export async function replaceQualifications(
  tx: EntityManager,
  holder: Holder,
  qualifications: readonly QualificationContent[],
) {
  await sql(tx, 'delete from staff_qualification where staff_id = $1', [holder.staffId]);
  keepQualifications(tx, holder, qualifications);
}

/** Written with the commit: nobody waits for it. */
export function keepQualifications(
  tx: EntityManager,
  { staffId, organisationId, cityCode }: Holder,
  qualifications: readonly QualificationContent[],
) {
  atLast(
    tx,
    `insert into staff_qualification (staff_id, organisation_id, city_code, occupation_code, level, certificate, source, valid_from, valid_to, nth)
     select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::date[], $9::date[]) with ordinality`,
    [
      staffId,
      organisationId,
      cityCode,
      qualifications.map(({ occupationCode }) => occupationCode),
      qualifications.map(({ level }) => level),
      qualifications.map(({ certificate }) => certificate),
      qualifications.map(({ source }) => source),
      qualifications.map(({ from }) => from),
      qualifications.map(({ to }) => to),
    ],
  );
}

type Announced = Pick<StaffRow, 'kind' | 'maskedName' | 'from' | 'to'>;

export const staffEvent = (
  staffId: string,
  organisationId: string,
  { kind, maskedName, from, to }: Announced,
  qualifications: readonly { occupationCode: string; level: string | null }[],
): StaffRecorded => ({
  staffId,
  organisationId,
  kind,
  maskedName,
  qualifications: qualifications.map(({ occupationCode, level }) => ({ occupationCode, level })),
  from,
  to,
});
