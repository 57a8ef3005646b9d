import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Nested, Prose, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Missing, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { documentWarnings } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { writer } from '../data/who.js';
import { faultsOfChanges, type PersonChanges, takenChanges } from '../domain/person-changes.js';

/** What is wrong with a value is told by its rule, as in a roster. */
export class ChangesInput {
  @Text(0, 100, { optional: true }) readonly name?: string;
  @Text(0, 40, { optional: true, description: '证件类型代码，与证件号码同时填写' }) readonly documentKind?: string;
  @Text(0, 40, { optional: true }) readonly documentNumber?: string;
  @Text(0, 40, { optional: true }) readonly phone?: string;
}

export class AmendmentReceipt {
  @Uuid() readonly amendmentId!: string;
  @Texts(10, { description: '提示，如证件号码形式待核实' }) readonly warnings!: string[];
}

/** Ask the department to change what is known of a person: another name, another document, another phone. */
export class ProposePersonAmendment extends Command<AmendmentReceipt> {
  @Uuid({ description: '本单位的一条报名记录' }) readonly enrolmentId!: string;
  @Nested(() => ChangesInput) readonly changes!: ChangesInput;
  @Prose(2, 500, { description: '变更理由，不写证件号码' }) readonly reason!: string;
  @Sha256({ optional: true, description: '佐证材料的摘要' }) readonly evidenceSha256?: string;
}

@CommandHandler(ProposePersonAmendment)
export class ProposePersonAmendmentHandler implements ICommandHandler<ProposePersonAmendment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute(command: ProposePersonAmendment) {
    return this.db.transaction(async (tx) => {
      const personId = await this.personBehind(tx, command.enrolmentId);
      const open = await row(tx, `select 1 from person_amendment where person_id = $1 and state = 'proposed'`, [
        personId,
      ]);
      const faults = faultsOfChanges(command.changes, this.clock.today());
      refuseIf([...faults, ...(open ? ['amendment-open'] : [])]);

      const amendmentId = randomUUID();
      const changes = takenChanges(command.changes);
      await this.store(tx, command, { amendmentId, personId, changes });
      await this.audit.note({ subject: `person:${personId}`, detail: { amendmentId, asked: Object.keys(changes) } });
      const { document } = changes;
      return { amendmentId, warnings: document ? documentWarnings(document.kind, document.number) : [] };
    });
  }

  /** The person of an enrolment of one's own, locked, so that only one change is asked for at a time. */
  private async personBehind(tx: EntityManager, enrolmentId: string): Promise<string> {
    const person = await row<{ id: string }>(
      tx,
      `select person.id from enrolment join person on person.id = person_id
       where enrolment.id = $1 and organisation_id = $2 for update of person`,
      [enrolmentId, writer().organisationId],
    );
    if (!person) throw new Missing();
    return person.id;
  }

  private store(
    tx: EntityManager,
    { enrolmentId, reason, evidenceSha256 }: ProposePersonAmendment,
    known: { amendmentId: string; personId: string; changes: PersonChanges },
  ) {
    const { amendmentId, personId, changes } = known;
    const sealed = (column: string, plain: string | undefined) =>
      plain === undefined ? null : this.personal.seal('person_amendment', column, amendmentId, plain);
    const { accountId, organisationId } = writer();
    return sql(
      tx,
      `insert into person_amendment (id, enrolment_id, person_id, organisation_id, name_sealed, document_kind, number_sealed,
         phone_sealed, reason, evidence_sha256, state, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12)`,
      [
        amendmentId,
        enrolmentId,
        personId,
        organisationId,
        sealed('name', changes.name),
        changes.document?.kind ?? null,
        sealed('number', changes.document?.number),
        sealed('phone', changes.phone),
        reason,
        evidenceSha256 ?? null,
        accountId,
        this.clock.now(),
      ],
    );
  }
}
