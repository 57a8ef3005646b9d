import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Flag, Int, Sha256, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Personal, Refused, row, RuleRecords, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { leftBy } from '../data/leavers.js';
import { lockSession, type Session } from '../data/sessions.js';
import { type ApplyingFacts, type Condition, reasonsNotToApply } from '../domain/applying.js';
import type { Subject } from '../domain/subject.js';

export class ApplicationReceipt {
  @Uuid() readonly applicationId!: string;
}

/** Apply for a session in person, with the commitment in place of proof. */
export class ApplyForExam extends Command<ApplicationReceipt> {
  @Uuid() readonly sessionId!: string;
  @Uuid({ description: '取得培训学时的培训班' }) readonly classId!: string;
  @Int(1, 20, { description: '所符合的申报条件的序号' }) readonly condition!: number;
  @Code({ description: '所阅读的告知承诺书版本' }) readonly commitmentVersion!: string;
  @Sha256({ description: '所阅读的告知承诺书全文的摘要' }) readonly commitmentSha256!: string;
  @Flag({ description: '须为 true' }) readonly accepted!: boolean;
}

@CommandHandler(ApplyForExam)
export class ApplyForExamHandler implements ICommandHandler<ApplyForExam> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly rules: RuleRecords,
  ) {}

  execute(command: ApplyForExam) {
    return this.db.transaction(async (tx) => {
      const { sessionId, classId, condition, accepted, commitmentVersion: version, commitmentSha256: sha256 } = command;
      // The lock makes applicants queue for the session, so two cannot both take the last seat.
      const session = await lockSession(tx, sessionId);
      const { ruleId, conditions } = await this.conditionsFor(tx, session);
      const facts = await factsOf(tx, { sessionId, classId, today: this.clock.today() });
      const inPerson = actor().reach === 'self' && actor().personId !== undefined;
      const shown = { version, sha256 };
      const today = this.clock.today();
      const { bar, ...known } = facts;
      const asked = { inPerson, accepted, session, shown, conditions, condition, today };
      refuseWith(reasonsNotToApply({ ...known, ...asked, barred: bar !== undefined }), bar);

      const applicationId = randomUUID();
      const { organisationId, cityCode } = session;
      await this.insert(tx, { ...command, applicationId, organisationId, cityCode, ruleId });
      await sql(tx, 'update session set taken = taken + 1 where id = $1', [sessionId]);
      await this.audit.note({
        subject: `application:${applicationId}`,
        detail: { sessionId, condition, commitment: version, commitmentSha256: sha256 },
      });
      return { applicationId };
    });
  }

  private async conditionsFor(tx: EntityManager, { occupationCode: scope, edition, level }: Session) {
    const ask = { rule: 'conditions', scope, edition, level, day: this.clock.today() };
    const record = await this.rules.find<{ items: Condition[] }>(tx, ask);
    return { ruleId: record?.ruleId, conditions: record?.value?.items };
  }

  /** Name and number are kept as they stand today: they are what the commitment was made about. */
  private async insert(tx: EntityManager, application: NewApplication) {
    const { applicationId: id, organisationId, cityCode, ruleId } = application;
    const person = await row<Person>(tx, personById, [actor().personId]);
    const reseal = (column: string, sealed = '') =>
      this.personal.seal(
        'application',
        column,
        id,
        this.personal.open('known_person', column, actor().personId ?? '', sealed),
      );
    await sql(
      tx,
      `insert into application (id, session_id, organisation_id, city_code, person_id, class_id, condition, rule_id,
         commitment_version, commitment_sha256, applied_by, applied_at, document_kind, name_sealed, number_sealed,
         name_index, number_index, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'submitted')`,
      [
        ...[id, application.sessionId, organisationId, cityCode, actor().personId, application.classId],
        ...[application.condition, ruleId, application.commitmentVersion, application.commitmentSha256],
        ...[actor().accountId, this.clock.now(), person?.documentKind],
        ...[reseal('name_sealed', person?.name), reseal('number_sealed', person?.number)],
        ...[person?.nameIndex, person?.numberIndex],
      ],
    );
  }
}

interface NewApplication extends ApplyForExam {
  readonly applicationId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly ruleId: string | undefined;
}

interface Person {
  readonly documentKind: string;
  readonly name: string;
  readonly number: string;
  readonly nameIndex: string;
  readonly numberIndex: string;
}

const personById = `
  select document_kind as "documentKind", name_sealed as name, number_sealed as number, name_index as "nameIndex",
    number_index as "numberIndex"
  from known_person where person_id = $1`;

interface Bar {
  readonly decision: string;
  readonly until: string | null;
}

/** Whoever is barred is told by which decision and until when. */
function refuseWith(broken: readonly string[], bar: Bar | undefined) {
  if (broken.length === 0) return;
  const advice = bar && `认定文件：${bar.decision}；记录至：${bar.until ?? '长期'}`;
  throw new Refused(broken, advice ? [{ rule: 'dishonest-record', advice }] : []);
}

/** What is known of the applicant, and the text that stands now. */
async function factsOf(
  tx: EntityManager,
  { sessionId, classId, today }: { sessionId: string; classId: string; today: string },
) {
  const personId = actor().personId ?? null;
  const completion = await row<Subject & Pick<ApplyingFacts, 'left'>>(
    tx,
    `select occupation_code as "occupationCode", edition, level, direction, ${leftBy} as left from known_completion as c
     where class_id = $1 and person_id = $2`,
    [classId, personId],
  );
  const applied = await row(
    tx,
    `select 1 from application where session_id = $1 and person_id = $2 and state in ('submitted', 'qualified')`,
    [sessionId, personId],
  );
  const bar = await row<Bar>(
    tx,
    `select decision, to_char(valid_to, 'YYYY-MM-DD') as "until" from known_person as p, barred_on(array[p.number_index], $2) where p.person_id = $1`,
    [personId, today],
  );
  const commitment = await row<{ version: string; sha256: string }>(
    tx,
    'select version, sha256 from commitment where valid_from <= $1 order by valid_from desc, version desc limit 1',
    [today],
  );
  return {
    completion,
    bar,
    left: completion?.left ?? null,
    alreadyApplied: applied !== undefined,
    commitment: commitment ?? { version: '', sha256: '' },
  };
}
