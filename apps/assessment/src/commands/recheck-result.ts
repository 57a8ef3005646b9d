import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Decimal, Flag, Instant, OneOf, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Refused, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ResultBook } from '../data/result-book.js';
import { lockSessionOf } from '../data/sessions.js';
import { type Marks, marksOf, type PassMarks, scoreFaults } from '../domain/marking.js';
import { reasons } from '../domain/reasons.js';
import { reasonsNotToRecheck } from '../domain/rechecking.js';
import type { ResultState } from '../domain/states.js';

export class RecheckReceipt {
  @Uuid() readonly resultId!: string;
  @OneOf(['confirmed', 'corrected']) readonly outcome!: string;
  @Instant() readonly recheckedAt!: string;
}

export class CorrectedMarks {
  @Decimal(-1000, 1000, { optional: true, nullable: true }) readonly theory?: number | null;
  @Decimal(-1000, 1000, { optional: true, nullable: true }) readonly ability?: number | null;
  @Flag({ optional: true, description: '缺考' }) readonly absent?: boolean;
  @Flag({ optional: true, description: '违纪' }) readonly violation?: boolean;
}

export class Recheck extends CorrectedMarks {
  @Flag({ description: '与已登记的一致；为 false 时填写更正后的成绩' }) readonly confirmed!: boolean;
}

/** 复核: before the release somebody else looks again, and either agrees or writes down what is right. */
export class RecheckResult extends Command<RecheckReceipt> {
  constructor(
    readonly resultId: string,
    readonly recheck: Recheck,
  ) {
    super();
  }
}

interface Standing {
  readonly applicationId: string;
  readonly state: ResultState;
  readonly recordedBy: string;
}

@CommandHandler(RecheckResult)
export class RecheckResultHandler implements ICommandHandler<RecheckResult> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly book: ResultBook,
  ) {}

  execute({ resultId, recheck }: RecheckResult) {
    return this.db.transaction(async (tx) => {
      const session = await lockSessionOf(tx, resultId);
      const standing = await row<Standing>(
        tx,
        'select application_id as "applicationId", state, recorded_by as "recordedBy" from result where id = $1',
        [resultId],
      );
      const { applicationId = '', state = 'void', recordedBy } = standing ?? {};
      refuseIf(reasonsNotToRecheck({ state, recordedThemself: recordedBy === actor().accountId }));

      if (!recheck.confirmed) await this.correct(tx, session.id, { applicationId, recheck });
      const recheckedAt = this.clock.instant();
      await sql(tx, 'update result set rechecked_by = $2, rechecked_at = $3 where id = $1', [
        ...[resultId, actor().accountId, recheckedAt],
      ]);
      const outcome = recheck.confirmed ? 'confirmed' : 'corrected';
      await this.audit.note({ subject: `result:${resultId}`, detail: { sessionId: session.id, outcome } });
      return { resultId, outcome, recheckedAt };
    });
  }

  /** What is right becomes the next version, by whoever rechecked. */
  private async correct(tx: EntityManager, sessionId: string, { applicationId, recheck }: Correction) {
    const book = await this.book.open(tx, sessionId);
    const standing = book.standing.get(applicationId);
    await this.book.write(tx, book, [{ applicationId, marks: judged(recheck, book.passMarks, standing) }]);
  }
}

interface Correction {
  readonly applicationId: string;
  readonly recheck: Recheck;
}

function judged(recheck: Recheck, passMarks: PassMarks, standing: Parameters<typeof marksOf>[2]): Marks {
  const { theory = null, ability = null, absent = false, violation = false } = recheck;
  const handedIn = { theory, ability, absent, violation };
  const faults = scoreFaults(handedIn, passMarks, standing);
  if (faults.length > 0)
    throw new Refused(
      ['scores-wrong'],
      faults.map(({ paper, rule }) => ({ column: paper, rule, advice: reasons[rule].advice })),
    );
  return marksOf(handedIn, passMarks, standing);
}
