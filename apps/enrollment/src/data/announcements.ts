import { Flag, Texts, Uuid } from '@shuzheng/contracts';
import { Clock, Missing, refuseIf, row, RuleRecords, sha256, sql } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type AnnouncementRule, missingIn, namesAPerson, advertWordsIn } from '../domain/announcing.js';
import { faultsOfStanding } from '../domain/plan-states.js';
import { lockTrainingPlan } from './training-plans.js';
import { writer } from './who.js';

export class AnnouncementReceipt {
  @Uuid() readonly announcementId!: string;
  @Texts(50, { description: '需要复核的用语和可能缺少的内容' }) readonly warnings!: string[];
  @Flag({ description: '已发布；有未确认的 warnings 时为 false，保存为草稿' }) readonly published!: boolean;
}

export interface AnnouncementText {
  readonly planId: string;
  readonly text: string;
  readonly acknowledged: boolean;
  readonly replaces?: string;
}

export interface LockedAnnouncement {
  readonly id: string;
  readonly planId: string;
  readonly state: string;
  readonly warnings: readonly string[];
  readonly replaces: string | null;
}

/** The announcement, locked. Only the own organisation's. */
export async function lockAnnouncement(tx: EntityManager, announcementId: string): Promise<LockedAnnouncement> {
  const found = await row<LockedAnnouncement & Record<string, unknown>>(
    tx,
    `select id, plan_id as "planId", state, warnings, replaces from announcement
     where id = $1 and organisation_id = $2 for update`,
    [announcementId, writer().organisationId],
  );
  if (!found) throw new Missing();
  return found;
}

/** Keeps 培训公告. Doubtful words never refuse: somebody looks at them again before the text is shown. */
@Injectable()
export class Announcements {
  constructor(
    private readonly rules: RuleRecords,
    private readonly clock: Clock,
  ) {}

  async write(
    tx: EntityManager,
    { planId, text, acknowledged, replaces }: AnnouncementText,
  ): Promise<AnnouncementReceipt> {
    const { organisationId, cityCode, filedVersion, state } = await lockTrainingPlan(tx, planId);
    refuseIf([
      ...faultsOfStanding(state),
      ...(filedVersion === null ? ['plan-not-filed'] : []),
      ...(namesAPerson(text) ? ['announcement-personal'] : []),
    ]);

    const announcementId = randomUUID();
    const warnings = [...advertWordsIn(text), ...missingIn(text, await this.required(tx))];
    const published = warnings.length === 0 || acknowledged;
    const { accountId } = writer();
    const now = this.clock.now();
    await sql(
      tx,
      `insert into announcement (id, plan_id, organisation_id, city_code, text, sha256, warnings, acknowledged, replaces,
         state, drafted_by, published_by, published_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        announcementId,
        planId,
        organisationId,
        cityCode,
        text,
        sha256(text),
        warnings,
        published ? warnings : [],
        replaces ?? null,
        published ? 'published' : 'draft',
        accountId,
        published ? accountId : null,
        published ? now : null,
      ],
    );
    return { announcementId, warnings, published };
  }

  /** Takes an announcement down; the text stays on record. */
  end(tx: EntityManager, announcementId: string, state: 'withdrawn' | 'replaced', reason: string) {
    return sql(tx, 'update announcement set state = $2, ended_at = $3, ended_reason = $4 where id = $1', [
      announcementId,
      state,
      this.clock.now(),
      reason,
    ]);
  }

  /** No document lists what an announcement must say: the office may (`announcement-content`). */
  private async required(tx: EntityManager): Promise<AnnouncementRule | null> {
    const ask = { rule: 'announcement-content', scope: 'programme', day: this.clock.today() };
    return (await this.rules.find<AnnouncementRule>(tx, ask))?.value ?? null;
  }
}
