import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Int, List, OneOf, Prose, ReturnsGivenUp, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { inEvents, lockOwnSession, type Session } from '../data/sessions.js';
import { corrections, faultOfAnswer } from '../domain/returns.js';

export class ReturnAnswer {
  @Code({ optional: true, description: '调用方自己的编号' }) readonly reference?: string;
  @Uuid() readonly resultId!: string;
  @OneOf(['corrected', 'given-up'], { description: '已更正，或不再报送' }) readonly action!: 'corrected' | 'given-up';
  @OneOf(Object.keys(corrections), { optional: true, description: '更正了什么；已更正时必填' })
  readonly correction?: string;
  @Prose(2, 500, { optional: true, description: '说明；不再报送时必填' }) readonly note?: string;
}

export class ReturnAnswers {
  @List(() => ReturnAnswer, 1, 2000) readonly answers!: ReturnAnswer[];
}

export class AnsweredReturn {
  @Int(0, 1999) readonly index!: number;
  @Uuid() readonly resultId!: string;
}
export class RefusedAnswer {
  @Int(0, 1999) readonly index!: number;
  @Code() readonly rule!: string;
}
export class ReturnReceipt {
  @List(() => AnsweredReturn, 0, 2000) readonly answered!: AnsweredReturn[];
  @List(() => RefusedAnswer, 0, 2000) readonly refused!: RefusedAnswer[];
}

/** Say of returned rows what was put right, or that they are given up: each stands or falls by itself. */
export class AnswerReturned extends Command<ReturnReceipt> {
  constructor(
    readonly sessionId: string,
    readonly answers: readonly ReturnAnswer[],
  ) {
    super();
  }
}

interface Returned {
  readonly resultId: string;
  readonly part: number;
  readonly state: string;
}

@CommandHandler(AnswerReturned)
export class AnswerReturnedHandler implements ICommandHandler<AnswerReturned> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, answers }: AnswerReturned) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const found = await rows<Returned>(tx, returnedOf, [sessionId]);
      const returned = new Map(found.map((one) => [one.resultId, one]));
      const { good, refused } = judge(answers, returned);

      await this.write(tx, session, good, returned);
      this.tell(tx, session, good, returned);
      const answered = good.map(({ index, answer: { resultId } }) => ({ index, resultId }));
      await this.audit.note({
        subject: `session:${sessionId}`,
        detail: { answered: answered.length, refused: refused.length },
      });
      return { answered, refused };
    });
  }

  /** Until the next part is filed an answer may be replaced by another one. */
  private write(
    tx: EntityManager,
    { id, organisationId, cityCode }: Session,
    good: readonly Good[],
    returned: ReadonlyMap<string, Returned>,
  ) {
    return sql(
      tx,
      `insert into return_answer (result_id, part, session_id, organisation_id, city_code, action, correction, note, answered_by,
         answered_at)
       select result_id, part, $6, $7, $8, action, correction, note, $9, $10
       from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[]) as given (result_id, part, action, correction, note)
       on conflict (result_id, part) do update set action = excluded.action, correction = excluded.correction,
         note = excluded.note, answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
      [
        good.map(({ answer }) => answer.resultId),
        good.map(({ answer }) => returned.get(answer.resultId)?.part ?? 1),
        good.map(({ answer }) => answer.action),
        good.map(({ answer }) => (answer.action === 'corrected' ? answer.correction : null)),
        good.map(({ answer }) => answer.note ?? null),
        ...[id, organisationId, cityCode, actor().accountId, this.clock.now()],
      ],
    );
  }

  /** The department's batch waits for these no longer. A corrected row speaks for itself, in the next part. */
  private tell(
    tx: EntityManager,
    { id: sessionId, organisationId }: Session,
    good: readonly Good[],
    returned: ReadonlyMap<string, Returned>,
  ) {
    const givenUp = good.filter(({ answer }) => answer.action === 'given-up');
    const rows = givenUp.map(({ answer: { resultId } }) => ({ resultId, part: returned.get(resultId)?.part ?? 1 }));
    for (const piece of inEvents(rows))
      announce(tx, ReturnsGivenUp, { sessionId, organisationId, givenUpOn: this.clock.today(), rows: piece });
  }
}

interface Good {
  readonly index: number;
  readonly answer: ReturnAnswer;
}

function judge(answers: readonly ReturnAnswer[], returned: ReadonlyMap<string, Returned>) {
  const seen = new Set<string>();
  const good: Good[] = [];
  const refused: RefusedAnswer[] = [];
  for (const [index, answer] of answers.entries()) {
    const { resultId, action, correction = null, note = null } = answer;
    const [state, repeated] = [returned.get(resultId)?.state, seen.has(resultId)];
    seen.add(resultId);
    const rule = faultOfAnswer({ action, correction, note, state, repeated });
    if (rule) refused.push({ index, rule });
    else good.push({ index, answer });
  }
  return { good, refused };
}

/** Rows whose last part came back and that have not gone again. */
const returnedOf = `
  select r.id as "resultId", reported.part, r.state
  from result as r
  join lateral (select max(part) as part from result_report_row where result_id = r.id) as reported on true
  join known_decision as decision on decision.result_id = r.id and decision.part = reported.part
  where r.session_id = $1 and decision.decision in ('returned', 'nationally-returned')`;
