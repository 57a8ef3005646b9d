import { OneOf, organisationStatuses, Day, Text } from '@shuzheng/contracts';
import type { Database } from '@shuzheng/platform';
import { type OrganisationState, organisationStateTitles, standingOn } from '../domain/organisation-states.js';

/** Where an organisation stands today, and what is recorded for a later day. */
export class StandingView {
  @OneOf(organisationStatuses, { description: '今日的状态' }) readonly status!: string;
  @Text(1, 20) readonly statusTitle!: string;
  @Day({ nullable: true, description: '自该日起' }) readonly statusFrom!: string | null;
  @Text(1, 500, { nullable: true }) readonly statusBasis!: string | null;
  @OneOf(organisationStatuses, { nullable: true, description: '已登记、尚未开始的状态' })
  readonly nextStatus!: string | null;
  @Day({ nullable: true }) readonly nextStatusFrom!: string | null;
}

interface Change {
  readonly organisationId: string;
  readonly status: OrganisationState;
  readonly from: string;
  readonly basis: string;
}

/** The standings of these organisations on the day. */
export async function standingsOf(db: Database, ids: readonly string[], today: string) {
  const all = await db.read<Change & Record<string, unknown>>(
    `select organisation_id as "organisationId", status, valid_from as "from", basis from organisation_standing
     where organisation_id = any ($1::uuid[]) order by organisation_id, sequence`,
    [ids],
  );
  return (id: string): StandingView => {
    const changes = all.filter(({ organisationId }) => organisationId === id);
    const now = standingOn(changes, today);
    const last = changes.at(-1);
    const next = last && last.from > today ? last : undefined;
    return {
      status: now?.status ?? 'active',
      statusTitle: organisationStateTitles[now?.status ?? 'active'],
      statusFrom: now?.from ?? null,
      statusBasis: now?.basis ?? null,
      nextStatus: next?.status ?? null,
      nextStatusFrom: next?.from ?? null,
    };
  };
}
