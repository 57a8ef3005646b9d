import { canonicalDigest, Missing, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { TrainingPlanContent } from './plan-content.js';
import { writer } from './who.js';

export interface NewFiling {
  readonly planId: string;
  readonly kind: 'training' | 'exam';
  readonly version: number;
  readonly cityCode: string;
  readonly content: object;
  readonly seats: number;
  readonly entryIds: readonly string[];
  readonly ruleIds: readonly string[];
  readonly unverified: readonly string[];
  readonly now: Date;
}

/** Keeps what was filed, word for word, with the entries and rules it was judged by. The first filing's date stays. */
export async function keepFiling(tx: EntityManager, filing: NewFiling) {
  const { accountId, organisationId } = writer();
  const { planId, kind, version, cityCode, content, seats, entryIds, ruleIds, unverified, now } = filing;
  const sha256 = canonicalDigest([{ planId, kind, version, organisationId, content }]);
  await sql(
    tx,
    `insert into filing (id, plan_id, kind, version, organisation_id, city_code, content, sha256, seats, entry_ids, rule_ids,
       unverified, filed_by, filed_at, first_filed_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::uuid[], $11::uuid[], $12::text[], $13, $14,
       coalesce((select min(filed_at) from filing where plan_id = $2), $14)`,
    [
      randomUUID(),
      planId,
      kind,
      version,
      organisationId,
      cityCode,
      JSON.stringify(content),
      sha256,
      seats,
      entryIds,
      ruleIds,
      unverified,
      accountId,
      now,
    ],
  );
}

export interface FiledPlan {
  readonly filingId: string;
  readonly cityCode: string;
  readonly content: TrainingPlanContent;
}

/** The training plan as it stands on file, which an amendment under way does not change. */
export const filedPlan = (tx: EntityManager, planId: string) =>
  row<FiledPlan>(
    tx,
    `select id as "filingId", city_code as "cityCode", content from filing
     where plan_id = $1 and kind = 'training' order by version desc limit 1`,
    [planId],
  );

/** The next number of a series: `BA-2026-000001`. Its row stays locked until the commit, so no number is lost. */
export async function nextNumber(tx: EntityManager, series: 'BA' | 'BS' | 'XS', today: string): Promise<string> {
  const year = today.slice(0, 4);
  const given = await row<{ last: number }>(
    tx,
    `insert into receipt_series (series, year, last) values ($1, $2, 1)
     on conflict (series, year) do update set last = receipt_series.last + 1 returning last`,
    [series, Number(year)],
  );
  return `${series}-${year}-${String(given?.last ?? 0).padStart(6, '0')}`;
}

export interface LockedFiling {
  readonly id: string;
  readonly organisationId: string;
  readonly planState: string;
  readonly received: boolean;
  readonly returned: boolean;
  readonly superseded: boolean;
}

/** One filing, locked, and how this recipient stands to it. Whoever cannot see it finds nothing. */
export async function lockFiling(
  tx: EntityManager,
  { planId, kind, version }: { planId: string; kind: string; version: number },
  recipient: string,
): Promise<LockedFiling> {
  const locked = await row<{ id: string }>(
    tx,
    'select id from filing where plan_id = $1 and kind = $2 and version = $3 for update',
    [planId, kind, version],
  );
  if (!locked) throw new Missing();
  // Read after the lock: a receipt or a return that was given while this waited is seen.
  const filing = await row<LockedFiling>(
    tx,
    `select id, organisation_id as "organisationId",
       coalesce((select state from training_plan where training_plan.id = plan_id), (select state from exam_plan where exam_plan.id = plan_id)) as "planState",
       exists (select from receipt where filing_id = filing.id and recipient = $2) as received,
       exists (select from filing_return where filing_id = filing.id and recipient = $2) as returned,
       exists (select from filing as later where later.plan_id = filing.plan_id and later.version > filing.version) as superseded
     from filing where id = $1`,
    [locked.id, recipient],
  );
  if (!filing) throw new Missing();
  return filing;
}
