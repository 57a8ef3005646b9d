import { Injectable } from '@nestjs/common';
import { Clock, Personal, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { birthDateOf } from '../domain/ages.js';
import type { Learner } from '../domain/checking-rows.js';

export interface Met extends Learner {
  readonly personId: string;
  /** The registry knows this number under this very name. */
  readonly sameName: boolean;
  readonly numberIndex: string;
  readonly nameIndex: string;
}

/** Finds the person behind each learner by number, and makes whoever is new. */
@Injectable()
export class People {
  constructor(
    private readonly personal: Personal,
    private readonly clock: Clock,
  ) {}

  /** Each learner's number may occur once. Whoever was met stays locked until the transaction ends. */
  async meet(tx: EntityManager, learners: readonly Learner[]): Promise<Met[]> {
    const indexed = learners.map((learner) => ({
      ...learner,
      id: randomUUID(),
      numberIndex: this.personal.numberIndex(learner.documentKind, learner.documentNumber),
      nameIndex: this.personal.nameIndex(learner.name),
      birthIndex: this.birthIndex(learner),
    }));
    const met = await rows<{ personId: string; sameName: boolean }>(
      tx,
      `select met as "personId", same_name as "sameName"
       from meet_people($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8)`,
      [
        indexed.map(({ id }) => id),
        indexed.map(({ documentKind }) => documentKind),
        indexed.map(({ id, documentNumber }) => this.personal.seal('person', 'number', id, documentNumber)),
        indexed.map(({ numberIndex }) => numberIndex),
        indexed.map(({ id, name }) => this.personal.seal('person', 'name', id, name)),
        indexed.map(({ nameIndex }) => nameIndex),
        indexed.map(({ birthIndex }) => birthIndex),
        this.clock.now(),
      ],
    );
    return indexed.map((learner, i) => ({ ...learner, ...required(met[i]) }));
  }

  /** Whoever has the same name and birth date under another number may be the same person: the department is shown. */
  async proposeMerges(tx: EntityManager, personIds: readonly string[]) {
    await sql(tx, 'select propose_merges($1::uuid[], $2)', [personIds, this.clock.now()]);
  }

  /** Equal for one name with one birth date; null where the document does not tell the date. */
  birthIndex({ name, documentKind, documentNumber }: Pick<Learner, 'name' | 'documentKind' | 'documentNumber'>) {
    const birthDate = birthDateOf(documentKind, documentNumber);
    return birthDate === undefined ? null : this.personal.nameIndex(`${name} ${birthDate}`);
  }
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('somebody was not met');
  return value;
}
