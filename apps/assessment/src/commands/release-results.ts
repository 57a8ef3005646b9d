import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, ResultsReleased } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, refuseIf, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { inEvents, lockOwnSession, moveSession } from '../data/sessions.js';
import { reasonsNotToRelease, type ReleasingFacts } from '../domain/releasing.js';

export class ReleaseReceipt {
  @Int(0, 5000) readonly released!: number;
  @Int(0, 5000) readonly passed!: number;
  @Int(0, 5000, { description: '尚无成绩的考生' }) readonly missing!: number;
  @Int(0, 5000, { description: '已退班或撤回申报，成绩不予发布' }) readonly withdrawn!: number;
}

/** 发布: what is recorded becomes final, by somebody who recorded none of it. */
export class ReleaseResults extends Command<ReleaseReceipt> {
  constructor(readonly sessionId: string) {
    super();
  }
}

interface Released {
  readonly resultId: string;
  readonly applicationId: string;
  readonly personId: string;
  readonly outcome: string;
}

@CommandHandler(ReleaseResults)
export class ReleaseResultsHandler implements ICommandHandler<ReleaseResults> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId }: ReleaseResults) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const { organisationId } = session;
      const facts = await recordedIn(tx, sessionId);
      refuseIf(reasonsNotToRelease(facts));

      const releasedAt = this.clock.instant();
      const results = await rows<Released>(tx, release, [sessionId, actor().accountId, releasedAt]);
      if (session.state !== 'reported') await moveSession(tx, session, 'released');
      for (const piece of inEvents(results)) {
        announce(tx, ResultsReleased, { sessionId, organisationId, releasedAt, results: piece });
      }
      const counts = {
        released: results.length,
        passed: results.filter(({ outcome }) => outcome === 'passed').length,
        missing: (await row<{ missing: number }>(tx, withoutResult, [sessionId]))?.missing ?? 0,
        withdrawn: facts.withdrawn,
      };
      await this.audit.note({ subject: `session:${sessionId}`, detail: counts });
      return counts;
    });
  }
}

/** Whoever left the class, or withdrew, after the marks were handed in has no result: it stays as it was recorded. */
const stillIn = `(a.state = 'qualified')`;

/** Whoever recorded any version of what is to be released counts as its recorder. */
async function recordedIn(tx: EntityManager, sessionId: string) {
  const found = await row<ReleasingFacts>(
    tx,
    `select count(distinct r.id) filter (where ${stillIn})::int as recorded,
       count(distinct r.id) filter (where not ${stillIn})::int as withdrawn,
       coalesce(bool_or(v.recorded_by = $2) filter (where ${stillIn}), false) as "recordedThemself"
     from result as r join result_version as v on v.result_id = r.id join application as a on a.id = r.application_id
     where r.session_id = $1 and r.state = 'recorded'`,
    [sessionId, actor().accountId],
  );
  return found ?? { recorded: 0, withdrawn: 0, recordedThemself: false };
}

const release = `
  update result as r set state = 'released', released_by = $2, released_at = $3
  from application as a
  where a.id = r.application_id and r.session_id = $1 and r.state = 'recorded' and ${stillIn}
  returning r.id as "resultId", r.application_id as "applicationId", r.person_id as "personId", r.outcome`;

const withoutResult = `
  select count(*)::int as missing from application as a
  where a.session_id = $1 and a.state = 'qualified' and not exists (select from result as r where r.application_id = a.id)`;
