import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Int, SessionSat, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { lockOwnSession, moveSession } from '../data/sessions.js';
import { reasonsNotToClose } from '../domain/closing.js';
import { lastPaperOn } from '../domain/subject.js';

export class ExamReceipt {
  @Uuid() readonly sessionId!: string;
  @Day() readonly lastPaperOn!: string;
  @Int(0, 5000) readonly candidates!: number;
}

/** 考核结束: the last paper is over, and the days of the result report run from it. */
export class CloseExam extends Command<ExamReceipt> {
  constructor(readonly sessionId: string) {
    super();
  }
}

@CommandHandler(CloseExam)
export class CloseExamHandler implements ICommandHandler<CloseExam> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId }: CloseExam) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const { undecided = 0, candidates = 0 } =
        (await row<{ undecided: number; candidates: number }>(
          tx,
          `select count(*) filter (where state = 'submitted')::int as undecided,
             count(*) filter (where state = 'qualified')::int as candidates
           from application where session_id = $1`,
          [sessionId],
        )) ?? {};
      refuseIf(reasonsNotToClose({ session, undecided, today: this.clock.today() }));

      await moveSession(tx, session, 'sat');
      await sql(tx, 'update session set sat_at = $2 where id = $1', [sessionId, this.clock.now()]);
      const over = { sessionId, lastPaperOn: lastPaperOn(session), candidates };
      const { organisationId, cityCode } = session;
      announce(tx, SessionSat, { ...over, organisationId, cityCode });
      await this.audit.note({ subject: `session:${sessionId}`, detail: { candidates } });
      return over;
    });
  }
}
