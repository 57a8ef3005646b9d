import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, SessionOpened, Text, Uuid } from '@shuzheng/contracts';
import {
  actor,
  announce,
  Audit,
  Clock,
  Database,
  Directory,
  notYetKnown,
  refuseIf,
  row,
  sql,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { coverOn } from '../data/sessions.js';
import { reasonsNotToOpen } from '../domain/opening.js';
import { sessionSerial } from '../domain/qualifying.js';

export class SessionReceipt {
  @Uuid() readonly sessionId!: string;
}

/** Open a session under a filed exam plan: from here on candidates may apply. */
export class OpenSession extends Command<SessionReceipt> {
  @Uuid({ description: '考核计划' }) readonly planId!: string;
  @Day({ description: '理论知识考试日期' }) readonly theoryOn!: string;
  @Day({ description: '专业能力考核日期' }) readonly abilityOn!: string;
  @Text(1, 200, { description: '考核地点' }) readonly site!: string;
  @Int(1, 5000) readonly seats!: number;
}

@CommandHandler(OpenSession)
export class OpenSessionHandler implements ICommandHandler<OpenSession> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly directory: Directory,
  ) {}

  execute({ planId, theoryOn, abilityOn, site, seats }: OpenSession) {
    return this.db.transaction(async (tx) => {
      const { examFrom, examTo, filed, organisationId, cityCode, trainingPlanId, ...subject } = await findPlan(
        tx,
        planId,
      );
      const papers = { theoryOn, abilityOn };
      const cover = await coverOn(tx, this.directory, { organisationId, subject, days: [theoryOn, abilityOn] });
      refuseIf(reasonsNotToOpen({ plan: { filed, examFrom, examTo }, papers, coverFaults: cover.faults }));

      const sessionId = randomUUID();
      const serial = await nextSerial(tx, this.clock.today());
      const { occupationCode, edition, level, direction } = subject;
      await sql(
        tx,
        `insert into session (id, serial, plan_id, organisation_id, city_code, occupation_code, edition, level, direction,
           theory_on, ability_on, site, seats, entries, state, opened_at, training_plan_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', $15, $16)`,
        [
          ...[sessionId, serial, planId, organisationId, cityCode, occupationCode, edition, level, direction],
          ...[theoryOn, abilityOn, site, seats, cover.entries, this.clock.now(), trainingPlanId],
        ],
      );
      announce(tx, SessionOpened, { sessionId, planId, organisationId, cityCode, subject, ...papers });
      await this.audit.note({ subject: `session:${sessionId}`, detail: { seats, serial } });
      return { sessionId };
    });
  }
}

interface Plan {
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
}

/** A plan may be on its way from enrollment; one that is addressed to somebody else looks the same. */
async function findPlan(tx: EntityManager, planId: string): Promise<Plan> {
  const plan = await row<Plan>(
    tx,
    `select evaluation_organisation_id as "organisationId", city_code as "cityCode", occupation_code as "occupationCode", edition,
       level, direction, exam_from as "examFrom", exam_to as "examTo", coalesce(filed_version = version, false) as filed,
       training_plan_id as "trainingPlanId"
     from known_exam_plan where plan_id = $1 and evaluation_organisation_id = $2`,
    [planId, actor().organisationId],
  );
  if (!plan) throw notYetKnown();
  return plan;
}

/** The row stays locked until the session is there, so a number is given away only together with a session. */
async function nextSerial(tx: EntityManager, today: string) {
  const year = Number(today.slice(0, 4));
  const given = await row<{ last: number }>(
    tx,
    `insert into session_serial (year, last) values ($1, 1)
     on conflict (year) do update set last = session_serial.last + 1 returning last`,
    [year],
  );
  return sessionSerial(year, given?.last ?? 1);
}
