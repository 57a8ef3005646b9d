import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OneOf, Prose, ResultHoldChanged, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, Missing, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ResultVoider } from '../data/result-voider.js';
import { lockSessionOf } from '../data/sessions.js';
import { reasonsNotToDecide } from '../domain/objecting.js';
import type { ObjectionState, ResultState } from '../domain/states.js';

export class ObjectionDecisionReceipt {
  @Uuid() readonly objectionId!: string;
  @OneOf(['upheld', 'rejected']) readonly state!: string;
}

export class ObjectionDecision {
  @OneOf(['upheld', 'rejected'], { description: '成立：原成绩作废，请重新登记和发布；不成立' })
  readonly decision!: 'upheld' | 'rejected';
  @Prose(2, 1000, { description: '处理意见，考生可见' }) readonly answer!: string;
}

/** Decide about an objection. What is upheld voids the result, and another is recorded and released in its place. */
export class DecideObjection extends Command<ObjectionDecisionReceipt> {
  constructor(
    readonly objectionId: string,
    readonly given: ObjectionDecision,
  ) {
    super();
  }
}

interface Found {
  readonly resultId: string;
  readonly state: ObjectionState;
  readonly resultState: ResultState;
  readonly recordedThemself: boolean;
}

@CommandHandler(DecideObjection)
export class DecideObjectionHandler implements ICommandHandler<DecideObjection> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly voider: ResultVoider,
  ) {}

  execute({ objectionId, given: { decision, answer } }: DecideObjection) {
    return this.db.transaction(async (tx) => {
      const { resultId } = await find(tx, objectionId);
      const { id: sessionId, organisationId } = await lockSessionOf(tx, resultId);
      const found = await find(tx, objectionId);
      refuseIf(reasonsNotToDecide(found));

      // Somebody may have voided the result already.
      if (decision === 'upheld' && found.resultState !== 'void')
        await this.voider.void(tx, { resultId, code: 'objection-upheld', reason: `异议成立：${answer}` });
      await sql(tx, 'update objection set state = $2, answer = $3, decided_by = $4, decided_at = $5 where id = $1', [
        objectionId,
        decision,
        answer,
        actor().accountId,
        this.clock.now(),
      ]);
      await sql(tx, 'update result set held = false where id = $1', [resultId]);
      const changedOn = this.clock.today();
      announce(tx, ResultHoldChanged, { sessionId, organisationId, resultId, held: false, changedOn });
      await this.audit.note({ subject: `objection:${objectionId}`, detail: { sessionId, resultId, decision } });
      return { objectionId, state: decision };
    });
  }
}

/** Whoever recorded any version of the result does not judge what is said against it. */
async function find(tx: EntityManager, objectionId: string): Promise<Found> {
  const found = await row<Found>(
    tx,
    `select o.result_id as "resultId", o.state, r.state as "resultState",
       exists (select from result_version as v where v.result_id = o.result_id and v.recorded_by = $3) as "recordedThemself"
     from objection as o join result as r on r.id = o.result_id where o.id = $1 and o.organisation_id = $2`,
    [objectionId, actor().organisationId, actor().accountId],
  );
  if (!found) throw new Missing();
  return found;
}
