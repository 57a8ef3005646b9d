import { Missing, Personal, row } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { DocumentKind } from '@shuzheng/regulation';
import type { EntityManager } from 'typeorm';

export interface LockedAmendment {
  readonly id: string;
  readonly enrolmentId: string;
  readonly personId: string;
  readonly state: string;
  readonly proposedBy: string;
  readonly name: string | null;
  readonly documentKind: DocumentKind | null;
  readonly documentNumber: string | null;
  readonly phone: string | null;
}

export interface KnownPerson {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
}

type Sealed = LockedAmendment & {
  readonly nameSealed: string | null;
  numberSealed: string | null;
  phoneSealed: string | null;
};

/** Changes that were asked for, and the persons they are about, opened to be decided on. */
@Injectable()
export class PersonAmendments {
  constructor(private readonly personal: Personal) {}

  async lock(tx: EntityManager, amendmentId: string): Promise<LockedAmendment> {
    const found = await row<Sealed & Record<string, unknown>>(
      tx,
      `select id, enrolment_id as "enrolmentId", person_id as "personId", state, proposed_by as "proposedBy",
         name_sealed as "nameSealed", document_kind as "documentKind", number_sealed as "numberSealed", phone_sealed as "phoneSealed"
       from person_amendment where id = $1 for update`,
      [amendmentId],
    );
    if (!found) throw new Missing();
    const open = (column: string, sealed: string | null) =>
      sealed === null ? null : this.personal.open('person_amendment', column, amendmentId, sealed);
    const { nameSealed, numberSealed, phoneSealed, ...amendment } = found;
    return {
      ...amendment,
      name: open('name', nameSealed),
      documentNumber: open('number', numberSealed),
      phone: open('phone', phoneSealed),
    };
  }

  /** The entry the person goes on under, locked. */
  async person(tx: EntityManager, personId: string): Promise<KnownPerson> {
    const found = await row<Omit<KnownPerson, 'name' | 'documentNumber'> & { name: string; number: string }>(
      tx,
      `select id, version, name_sealed as name, document_kind as "documentKind", number_sealed as number
       from person where id = canonical_person($1) for update`,
      [personId],
    );
    if (!found) throw new Missing();
    const { id, version, documentKind, name, number } = found;
    return {
      id,
      version,
      documentKind,
      name: this.personal.open('person', 'name', id, name),
      documentNumber: this.personal.open('person', 'number', id, number),
    };
  }
}
