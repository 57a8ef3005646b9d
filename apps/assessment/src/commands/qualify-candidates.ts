import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CandidatesQualified, Flag, Int, List, Text, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, Refused, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { inEvents, lockOwnSession, type Session } from '../data/sessions.js';
import { admissionNumber, faultOfDecision } from '../domain/qualifying.js';
import { reasons } from '../domain/reasons.js';

export class QualificationReceipt {
  @Int(0, 500) readonly qualified!: number;
  @Int(0, 500) readonly refused!: number;
}

export class QualificationDecision {
  @Uuid() readonly applicationId!: string;
  @Flag() readonly qualified!: boolean;
  @Text(1, 500, { optional: true, description: '不予确认时必填' }) readonly reason?: string;
}

export class QualificationDecisions {
  @List(() => QualificationDecision, 1, 500) readonly decisions!: QualificationDecision[];
}

/** 资格确认: decide who may sit. One decision that cannot stand stops them all. */
export class QualifyCandidates extends Command<QualificationReceipt> {
  constructor(
    readonly sessionId: string,
    readonly decisions: readonly QualificationDecision[],
  ) {
    super();
  }
}

interface Applied {
  readonly id: string;
  readonly state: string;
  readonly personId: string;
  readonly classId: string;
}

@CommandHandler(QualifyCandidates)
export class QualifyCandidatesHandler implements ICommandHandler<QualifyCandidates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, decisions }: QualifyCandidates) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      refuseIf(session.state === 'open' ? [] : ['session-not-open']);
      const applied = await applicationsOf(tx, sessionId, decisions);
      refuseIfAnyFault(decisions, applied);

      const yes = decisions.filter(({ qualified }) => qualified);
      await this.decide(tx, session, decisions);
      const taken = await row<{ count: number }>(tx, countTaken, [sessionId]);
      const lastAdmission = session.lastAdmission + yes.length;
      await sql(tx, 'update session set taken = $2, last_admission = $3 where id = $1', [
        sessionId,
        taken?.count ?? 0,
        lastAdmission,
      ]);
      for (const piece of inEvents(yes)) {
        const candidates = piece.map(({ applicationId }) => candidateOf(applied.get(applicationId)));
        announce(tx, CandidatesQualified, { sessionId, organisationId: session.organisationId, candidates });
      }
      const counts = { qualified: yes.length, refused: decisions.length - yes.length };
      await this.audit.note({ subject: `session:${sessionId}`, detail: counts });
      return counts;
    });
  }

  private decide(tx: EntityManager, session: Session, decisions: readonly QualificationDecision[]) {
    let nth = session.lastAdmission;
    return sql(
      tx,
      `update application set state = case when decided.qualified then 'qualified' else 'refused' end, reason = decided.reason,
         admission_number = decided.admission_number, decided_by = $5, decided_at = $6
       from unnest($1::uuid[], $2::boolean[], $3::text[], $4::text[]) as decided (id, qualified, reason, admission_number)
       where application.id = decided.id`,
      [
        decisions.map(({ applicationId }) => applicationId),
        decisions.map(({ qualified }) => qualified),
        decisions.map(({ qualified, reason }) => (qualified ? null : reason)),
        decisions.map(({ qualified }) => (qualified ? admissionNumber(session.serial, ++nth) : null)),
        actor().accountId,
        this.clock.now(),
      ],
    );
  }
}

const countTaken = `
  select count(*)::int as count from application where session_id = $1 and state in ('submitted', 'qualified')`;

async function applicationsOf(tx: EntityManager, sessionId: string, decisions: readonly QualificationDecision[]) {
  const found = await rows<Applied>(
    tx,
    `select id, state, person_id as "personId", class_id as "classId" from application
     where session_id = $1 and id = any($2::uuid[])`,
    [sessionId, decisions.map(({ applicationId }) => applicationId)],
  );
  return new Map(found.map((application) => [application.id, application]));
}

function refuseIfAnyFault(decisions: readonly QualificationDecision[], applied: ReadonlyMap<string, Applied>) {
  const seen = new Set<string>();
  const faults = decisions.flatMap(({ applicationId, qualified, reason = null }) => {
    const [state, repeated] = [applied.get(applicationId)?.state, seen.has(applicationId)];
    seen.add(applicationId);
    const rule = faultOfDecision({ qualified, reason, state, repeated });
    return rule ? [{ reference: applicationId, rule, advice: reasons[rule].advice }] : [];
  });
  if (faults.length > 0) throw new Refused(['decisions-wrong'], faults);
}

const candidateOf = (applied: Applied | undefined) => ({
  applicationId: applied?.id ?? '',
  personId: applied?.personId ?? '',
  classId: applied?.classId ?? '',
});
