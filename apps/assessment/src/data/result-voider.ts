import { Injectable } from '@nestjs/common';
import { ResultVoided } from '@shuzheng/contracts';
import { actor, announce, Clock, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { ResultState } from '../domain/states.js';
import { type Decision, reasonsNotToVoid } from '../domain/voiding.js';

export interface VoidOrder {
  readonly resultId: string;
  /** Travels with the event. */
  readonly code: string;
  /** Stays inside. */
  readonly reason: string;
}

interface Standing {
  readonly sessionId: string;
  readonly organisationId: string;
  readonly applicationId: string;
  readonly personId: string;
  readonly state: ResultState;
  readonly decision: Decision;
}

/** Takes the force from a result, whoever found that it must go; its session is locked by then. */
@Injectable()
export class ResultVoider {
  constructor(private readonly clock: Clock) {}

  async void(tx: EntityManager, { resultId, code, reason }: VoidOrder): Promise<string> {
    const standing = await row<Standing>(tx, standingOf, [resultId]);
    refuseIf(reasonsNotToVoid(standing ?? { state: 'void', decision: null }));

    const voidedAt = this.clock.instant();
    await sql(
      tx,
      `update result set state = 'void', held = false, void_code = $2, void_reason = $3, voided_by = $4, voided_at = $5
       where id = $1`,
      [resultId, code, reason, actor().accountId, voidedAt],
    );
    if (standing) {
      const { state: _state, decision: _decision, ...about } = standing;
      announce(tx, ResultVoided, { ...about, resultId, reason: code, voidedOn: this.clock.today() });
    }
    return voidedAt;
  }
}

/** With what was last said about its row, if it was ever reported. */
const standingOf = `
  select r.session_id as "sessionId", r.organisation_id as "organisationId", r.application_id as "applicationId",
    r.person_id as "personId", r.state, decision.decision
  from result as r
  left join lateral (select max(part) as part from result_report_row where result_id = r.id) as reported on true
  left join known_decision as decision on decision.result_id = r.id and decision.part = reported.part
  where r.id = $1`;
