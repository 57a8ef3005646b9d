import { Code, confidences, OccupationRecorded, OneOf, Prose } from '@shuzheng/contracts';
import { actor, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';

/** What is recorded of an occupation besides the code it goes under. */
export class OccupationContent {
  @Prose(2, 100) readonly name!: string;
  @Code({ nullable: true, description: '2022 年版大典的编码；未核实时为 null' }) readonly currentCode!: string | null;
  @OneOf(confidences) readonly currentConfidence!: string;
  @Code({ nullable: true, description: '2021 年版标准所用的编码；没有或未核实时为 null' })
  readonly formerCode!: string | null;
  @OneOf(confidences, { nullable: true, description: '没有旧编码时为 null' }) readonly formerConfidence!: string | null;
  @OneOf(confidences) readonly confidence!: string;
  @Prose(1, 300, { description: '出处' }) readonly source!: string;
  @Prose(1, 500, { optional: true }) readonly note?: string;
}

/** Occupations are written one at a time, so that two cannot both find a code or a name free. */
export const queueForOccupations = (tx: EntityManager) =>
  sql(tx, `select pg_advisory_xact_lock(hashtextextended('record-occupation', 0))`);

export async function whatIsNamed(tx: EntityManager, code: string, one: OccupationContent) {
  const found = await row<{ nameTaken: boolean; codeTaken: boolean }>(
    tx,
    `select exists (select from occupation where code <> $1 and name_key(name) = name_key($2)) as "nameTaken",
       exists (select from occupation where code <> $1
         and array[code, current_code, former_code] && array_remove(array[$1, $3, $4]::text[], null)) as "codeTaken"`,
    [code, one.name, one.currentCode, one.formerCode],
  );
  return found ?? { nameTaken: false, codeTaken: false };
}

/** Keeps the version that stands now, unless it is kept already. */
export const keepOccupation = (tx: EntityManager, code: string, at: Date) =>
  sql(
    tx,
    `insert into occupation_version (code, version, name, current_code, current_confidence, former_code, former_confidence,
       confidence, source, note, changed_at, changed_by)
     select code, version, name, current_code, current_confidence, former_code, former_confidence, confidence, source, note, $2, changed_by
     from occupation where code = $1 on conflict do nothing`,
    [code, at],
  );

export const columnsOf = (code: string, one: OccupationContent) => [
  code,
  one.name,
  one.currentCode,
  one.currentConfidence,
  one.formerCode,
  one.formerConfidence,
  one.confidence,
  one.source,
  one.note ?? null,
  actor().accountId ?? null,
];

export const occupationEvent = (occupationCode: string, one: OccupationContent): OccupationRecorded => ({
  occupationCode,
  formerCode: one.formerCode,
  name: one.name,
  confidence: one.confidence,
  source: one.source,
});
