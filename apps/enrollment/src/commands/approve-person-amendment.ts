import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonAmended, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, Personal, refuseIf, row, sql } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';
import { People } from '../data/people.js';
import { type KnownPerson, type LockedAmendment, PersonAmendments } from '../data/person-amendments.js';
import { decider } from '../data/who.js';

export class ApprovedAmendment {
  @Uuid() readonly amendmentId!: string;
}

/** Change what is known of a person. The person stays the same one; what was known before stays readable. */
export class ApprovePersonAmendment extends Command<ApprovedAmendment> {
  constructor(readonly amendmentId: string) {
    super();
  }
}

@CommandHandler(ApprovePersonAmendment)
export class ApprovePersonAmendmentHandler implements ICommandHandler<ApprovePersonAmendment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
    private readonly people: People,
    private readonly amendments: PersonAmendments,
  ) {}

  execute({ amendmentId }: ApprovePersonAmendment) {
    return this.db.transaction(async (tx) => {
      const amendment = await this.amendments.lock(tx, amendmentId);
      const person = await this.amendments.person(tx, amendment.personId);
      const accountId = decider();
      refuseIf([
        ...(amendment.state === 'proposed' ? [] : ['amendment-decided']),
        ...(amendment.proposedBy === accountId ? ['same-person'] : []),
        ...((await this.numberTaken(tx, amendment, person)) ? ['number-of-another'] : []),
      ]);

      if (amendment.name ?? amendment.documentNumber) await this.change(tx, amendment, person);
      if (amendment.phone) await this.changePhone(tx, amendment.enrolmentId, amendment.phone);
      await sql(tx, `update person_amendment set state = 'approved', decided_by = $2, decided_at = $3 where id = $1`, [
        amendmentId,
        accountId,
        this.clock.now(),
      ]);
      await this.audit.note({ subject: `person:${person.id}`, detail: { amendmentId, decision: 'approved' } });
      return { amendmentId };
    });
  }

  private async numberTaken(tx: EntityManager, { documentKind, documentNumber }: LockedAmendment, { id }: KnownPerson) {
    if (documentKind === null || documentNumber === null) return false;
    const taken = await row(
      tx,
      'select 1 from person_number where number_index = $1 and canonical_person(person_id) <> $2',
      [this.personal.numberIndex(documentKind, documentNumber), id],
    );
    return taken !== undefined;
  }

  private async change(tx: EntityManager, amendment: LockedAmendment, person: KnownPerson) {
    const { id, version } = person;
    const now = this.clock.now();
    const name = amendment.name ?? person.name;
    const documentKind = amendment.documentKind ?? person.documentKind;
    const documentNumber = amendment.documentNumber ?? person.documentNumber;
    const numberIndex = this.personal.numberIndex(documentKind, documentNumber);
    const nameIndex = this.personal.nameIndex(name);
    await sql(
      tx,
      `insert into person_version (person_id, version, document_kind, number_sealed, name_sealed, amendment_id, replaced_at)
       select id, version, document_kind, number_sealed, name_sealed, $2, $3 from person where id = $1`,
      [id, amendment.id, now],
    );
    await sql(
      tx,
      'insert into person_number (number_index, person_id, known_at) values ($1, $2, $3) on conflict do nothing',
      [numberIndex, id, now],
    );
    await sql(
      tx,
      `update person set version = version + 1, document_kind = $2, number_sealed = $3, number_index = $4, name_sealed = $5,
         name_index = $6, birth_index = $7 where id = $1`,
      [
        id,
        documentKind,
        this.personal.seal('person', 'number', id, documentNumber),
        numberIndex,
        this.personal.seal('person', 'name', id, name),
        nameIndex,
        this.people.birthIndex({ name, documentKind, documentNumber }),
      ],
    );
    const told = { name, documentKind, documentNumber, numberIndex, nameIndex, maskedName: maskName(name) };
    announce(tx, PersonAmended, { personId: id, version: version + 1, ...told });
  }

  private changePhone(tx: EntityManager, enrolmentId: string, phone: string) {
    return sql(tx, 'update enrolment set phone_sealed = $2, phone_index = $3 where id = $1', [
      enrolmentId,
      this.personal.seal('enrolment', 'phone', enrolmentId, phone),
      this.personal.phoneIndex(phone),
    ]);
  }
}
