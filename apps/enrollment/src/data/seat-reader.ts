import { Missing, Personal, row } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Seat } from './enroller.js';

/** Opens a seat and the person on it, so that it can be given anew in another class. */
@Injectable()
export class SeatReader {
  constructor(private readonly personal: Personal) {}

  async read(tx: EntityManager, enrolmentId: string): Promise<Seat> {
    const found = await row<Seat & Record<string, unknown>>(
      tx,
      `select person.id as "personId", person.name_sealed as name, person.document_kind as "documentKind",
         person.number_sealed as "documentNumber", person.number_index as "numberIndex", person.name_index as "nameIndex",
         enrolment.id as "enrolmentId", reference, phone_sealed as phone, education, employer, category
       from enrolment join person on person.id = enrolment.person_id where enrolment.id = $1`,
      [enrolmentId],
    );
    if (!found) throw new Missing();
    const { personId, name, documentNumber, phone, documentKind, ...rest } = found;
    return {
      ...rest,
      personId,
      documentKind: documentKind,
      name: this.personal.open('person', 'name', personId, name),
      documentNumber: this.personal.open('person', 'number', personId, documentNumber),
      phone: this.personal.open('enrolment', 'phone', enrolmentId, phone),
    };
  }
}
