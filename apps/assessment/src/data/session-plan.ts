import { actor, notYetKnown, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { SiteFacts } from '../domain/opening.js';
import type { Papers } from '../domain/subject.js';

export interface Plan {
  readonly organisationId: string;
  readonly cityCode: string;
  readonly trainingPlanId: string;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
  readonly direction: string;
  readonly examFrom: string;
  readonly examTo: string;
  readonly filed: boolean;
  readonly withdrawn: boolean;
}

/** A plan may be on its way from enrollment; one that is addressed to somebody else looks the same. */
export async function findPlan(tx: EntityManager, planId: string): Promise<Plan> {
  const plan = await row<Plan>(
    tx,
    `select evaluation_organisation_id as "organisationId", city_code as "cityCode", occupation_code as "occupationCode", edition,
       level, direction, exam_from as "examFrom", exam_to as "examTo", coalesce(filed_version = version, false) as filed,
       withdrawn_on is not null as withdrawn, training_plan_id as "trainingPlanId"
     from known_exam_plan where plan_id = $1 and evaluation_organisation_id = $2`,
    [planId, actor().organisationId],
  );
  if (!plan) throw notYetKnown();
  return plan;
}

interface Site {
  readonly seats: number;
  readonly from: string;
  readonly to: string | null;
}

/** What the place leaves free on the days of a session. The lock makes sessions queue for its seats. */
export async function siteFacts(
  tx: EntityManager,
  siteId: string | null,
  { theoryOn, abilityOn }: Papers,
  sessionId: string | null = null,
): Promise<SiteFacts | null> {
  if (siteId === null) return null;
  const site = await row<Site>(
    tx,
    `select seats, valid_from as "from", valid_to as "to" from known_exam_site
     where site_id = $1 and organisation_id = $2 for no key update`,
    [siteId, actor().organisationId],
  );
  if (!site) return { known: false, open: false, free: 0 };
  const days = [...new Set([theoryOn, abilityOn])];
  const used = await rows<{ seats: number }>(tx, seatsUsed, [siteId, days, sessionId]);
  const open = days.every((day) => site.from <= day && (site.to === null || day <= site.to));
  return { known: true, open, free: site.seats - Math.max(...used.map(({ seats }) => seats)) };
}

const seatsUsed = `
  select coalesce(sum(s.seats), 0)::int as seats
  from unnest($2::date[]) as day (day)
  left join session as s on s.site_id = $1 and s.state <> 'cancelled' and s.id is distinct from $3
    and day.day in (s.theory_on, s.ability_on)
  group by day.day`;
