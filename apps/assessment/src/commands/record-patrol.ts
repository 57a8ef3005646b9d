import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Prose, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Invalid, Missing, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { lockSession } from '../data/sessions.js';
import { findingCodes, reasonsNotToPatrol } from '../domain/patrolling.js';

export class PatrolReceipt {
  @Uuid() readonly patrolId!: string;
}

export class Patrol {
  @Day({ description: '巡考日期' }) readonly on!: string;
  @Texts(20, { description: `巡考情况代码：${Object.keys(findingCodes).join('、')}` }) readonly findings!: string[];
  @Prose(2, 2000, { optional: true }) readonly note?: string;
}

/** 巡考: an officer of the session's city records what was seen at the exam. */
export class RecordPatrol extends Command<PatrolReceipt> {
  constructor(
    readonly sessionId: string,
    readonly patrol: Patrol,
  ) {
    super();
  }
}

@CommandHandler(RecordPatrol)
export class RecordPatrolHandler implements ICommandHandler<RecordPatrol> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, patrol: { on, findings, note = '' } }: RecordPatrol) {
    return this.db.transaction(async (tx) => {
      if (findings.length === 0 || findings.some((code) => !Object.hasOwn(findingCodes, code)))
        throw new Invalid([{ field: 'findings', check: 'isIn' }]);
      const session = await lockSession(tx, sessionId);
      if (actor().reach !== 'city' || session.cityCode !== actor().cityCode) throw new Missing();
      refuseIf(reasonsNotToPatrol({ papers: session, state: session.state, on, today: this.clock.today(), findings }));

      const patrolId = randomUUID();
      await sql(tx, insert, [
        ...[patrolId, sessionId, session.organisationId, session.cityCode, actor().organisationId, on],
        ...[[...new Set(findings)], note === '' ? null : note, actor().accountId, this.clock.now()],
      ]);
      await this.audit.note({ subject: `patrol:${patrolId}`, detail: { sessionId, on, findings } });
      return { patrolId };
    });
  }
}

const insert = `
  insert into patrol (id, session_id, organisation_id, city_code, patrolled_by, patrolled_on, findings, note, recorded_by,
    recorded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
