import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CandidatesQualified, Flag, Int, List, OneOf, Prose, Uuid } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, Refused, refuseIf, row, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { inEvents, lockOwnSession, type Session } from '../data/sessions.js';
import { admissionNumber, faultOfDecision, refusalCodes } from '../domain/qualifying.js';
import { reasons } from '../domain/reasons.js';
import type { ApplicationState } from '../domain/states.js';

export class QualificationReceipt {
  @Int(0, 500) readonly qualified!: number;
  @Int(0, 500) readonly refused!: number;
}

export class QualificationDecision {
  @Uuid() readonly applicationId!: string;
  @Flag() readonly qualified!: boolean;
  @OneOf(Object.keys(refusalCodes), { optional: true, description: '不予确认的理由代码' }) readonly code?: string;
  @Prose(1, 500, { optional: true, description: '不予确认时，理由代码为空或 other 的必填' }) readonly reason?: string;
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
  readonly state: ApplicationState;
  readonly barred: boolean;
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
      const applied = await applicationsOf(tx, sessionId, decisions, this.clock.today());
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
         reason_code = decided.code, admission_number = decided.admission_number, decided_by = $5, decided_at = $6
       from unnest($1::uuid[], $2::boolean[], $3::text[], $4::text[], $7::text[])
         as decided (id, qualified, reason, admission_number, code)
       where application.id = decided.id`,
      [
        decisions.map(({ applicationId }) => applicationId),
        decisions.map(({ qualified }) => qualified),
        decisions.map((decision) => (decision.qualified ? null : wordsFor(decision))),
        decisions.map(({ qualified }) => (qualified ? admissionNumber(session.serial, ++nth) : null)),
        actor().accountId,
        this.clock.now(),
        decisions.map(({ qualified, code = 'other' }) => (qualified ? null : code)),
      ],
    );
  }
}

/** The applicant reads the words; where none were given, those of the code. */
const wordsFor = ({ code = 'other', reason }: QualificationDecision) =>
  reason ?? refusalCodes[code as keyof typeof refusalCodes];

const countTaken = `
  select count(*)::int as count from application where session_id = $1 and state in ('submitted', 'qualified')`;

async function applicationsOf(
  tx: EntityManager,
  sessionId: string,
  decisions: readonly QualificationDecision[],
  today: string,
) {
  const found = await rows<Applied>(
    tx,
    `select a.id, a.state, a.person_id as "personId", a.class_id as "classId",
       exists (select from barred_on(array[a.number_index], $3)) as barred
     from application as a where a.session_id = $1 and a.id = any($2::uuid[])`,
    [sessionId, decisions.map(({ applicationId }) => applicationId), today],
  );
  return new Map(found.map((application) => [application.id, application]));
}

function refuseIfAnyFault(decisions: readonly QualificationDecision[], applied: ReadonlyMap<string, Applied>) {
  const seen = new Set<string>();
  const faults = decisions.flatMap(({ applicationId, qualified, code = null, reason = null }) => {
    const { state, barred = false } = applied.get(applicationId) ?? {};
    const repeated = seen.has(applicationId);
    seen.add(applicationId);
    const rule = faultOfDecision({ qualified, code, reason, state, repeated, barred });
    return rule ? [{ reference: applicationId, rule, advice: reasons[rule].advice }] : [];
  });
  if (faults.length > 0) throw new Refused(['decisions-wrong'], faults);
}

const candidateOf = (applied: Applied | undefined) => ({
  applicationId: applied?.id ?? '',
  personId: applied?.personId ?? '',
  classId: applied?.classId ?? '',
});
